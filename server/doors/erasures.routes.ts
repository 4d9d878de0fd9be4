import * as contract from '@tiaoli/contract/erasures'
import { text } from '@tiaoli/kernel/text'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../foundations/http/index.ts'
import { areaOf, type Identity, isInArea, type Power, type Session } from '../foundations/identity/index.ts'
import {
  type Erasure,
  type Erasures,
  type Ledger,
  LedgerError,
  mayBeErased,
  type RecordView,
} from '../foundations/ledger/index.ts'
import { Problem } from '../foundations/problems/index.ts'
import type { Rulebook } from '../foundations/rulebook/index.ts'

export type ErasureRoutesDeps = {
  readonly erasures: Erasures
  readonly ledger: Ledger
  readonly identity: Identity
  readonly rulebook: Rulebook
}

/**
 * Who may have the content of a record forgotten: an officer of the authority that watches over whom it concerns
 * proposes, a supervisor of it confirms; neither of them about a record of their own acts.
 */
export function mountErasures(
  mount: Mount,
  { erasures, ledger, identity, rulebook }: ErasureRoutesDeps,
): void {
  const areaFor = (session: Session, ...powers: readonly Power[]) =>
    areaOf(session, identity.organisations(), ...powers)

  /** What the caller may not see is not there for them; what they see and may not erase is told. */
  async function recordFor(session: Session, recordId: string, power: Power): Promise<RecordView> {
    const record = await ledger.get(recordId)
    if (record === null || !isInArea(areaFor(session, 'officer', 'supervisor'), record.organisationId))
      throw new Problem('not-found')
    if (!isInArea(areaFor(session, power), record.organisationId))
      throw new Problem('not-allowed', {
        condition: text(
          '删除由主管部门经办人员提出、由监督人员确认',
          'An officer of the authority proposes an erasure, a supervisor confirms it',
        ),
      })
    if (record.userId === session.user!.id)
      throw new Problem('not-allowed', {
        condition: text('本人行为的留痕不得由本人删除', 'Nobody erases a record of their own acts'),
        remedy: text('请由其他人员办理。', 'Somebody else has to do it.'),
      })
    return record
  }

  const identityOf = ({ user }: Session) => ({ userId: user!.id, organisationId: user!.organisation!.id })

  async function present(list: readonly Erasure[]) {
    const names = await identity.userNames(
      list.flatMap((each) => [each.proposedBy, each.confirmedBy ?? []].flat()),
    )
    return list.map((each) => ({
      recordId: each.recordId,
      reason: each.reason,
      article: each.article,
      proposedBy: names.get(each.proposedBy) ?? '',
      proposedAt: each.proposedAt.toISOString(),
      confirmedBy: each.confirmedBy === null ? null : (names.get(each.confirmedBy) ?? ''),
      confirmedAt: each.confirmedAt?.toISOString() ?? null,
    }))
  }

  mount(contract.proposeErasure, async ({ params, body, session }) => {
    const record = await recordFor(session, params.recordId, 'officer')
    if (!mayBeErased(record)) throw notErasable()
    const { article } = body
    if (
      article !== undefined &&
      !rulebook.articles.some(({ id }) => article === id || article.startsWith(`${id}.`))
    )
      throw new Problem('content-incomplete', {
        condition: text('条例没有这一条', 'The regulation has no such article'),
        errors: [{ path: 'article', message: text('条例没有这一条', 'No such article') }],
      })
    const made = await erasures
      .propose(identityOf(session), record, body.reason, article ?? null)
      .catch(asProblem)
    return (await present([made]))[0]!
  })

  mount(contract.confirmErasure, async ({ params, session }) => {
    const record = await recordFor(session, params.recordId, 'supervisor')
    const proposed = await erasures.find(record.id)
    if (proposed === undefined || !mayBeErased(record)) throw notErasable()
    if (proposed.proposedBy === session.user!.id)
      throw new Problem('not-allowed', {
        condition: text('提出人不能自行确认', 'Whoever proposed it does not confirm it'),
        remedy: text('请由另一名监督人员确认。', 'Another supervisor has to confirm it.'),
      })
    const done = await erasures.confirm(identityOf(session), proposed).catch(asProblem)
    return (await present([done]))[0]!
  })

  mount(contract.listErasures, async ({ query, session }) => {
    const area = areaFor(session, 'officer', 'supervisor')
    if (area === undefined) throw new Problem('not-allowed')
    const list = listOf('erasures', [])
    const before = readCursor(list, query.cursor, isIdText)
    const found = await erasures.list(area, before, query.limit + 1)
    const page = found.slice(0, query.limit)
    return {
      items: await present(page),
      nextCursor: found.length > query.limit ? writeCursor(list, page.at(-1)!.recordId) : null,
    }
  })
}

const notErasable = (): Problem =>
  new Problem('act-not-available', {
    condition: text(
      '内容已删除、已提出删除、尚未提出，或属于必须保留的留痕',
      'Its content is gone, an erasure is proposed already or not yet, or it has to stay',
    ),
  })

function asProblem(error: unknown): never {
  if (error instanceof LedgerError && error.code === 'not-erasable') throw notErasable()
  throw error
}
