import * as contract from '@tiaoli/contract/ledger'
import { type Text, text } from '@tiaoli/kernel/text'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../foundations/http/index.ts'
import { areaOf, type Identity, isInArea, type Session } from '../foundations/identity/index.ts'
import { LedgerError } from '../foundations/ledger/ledger.errors.ts'
import type { Ledger, RecordView } from '../foundations/ledger/ledger.types.ts'
import { Problem } from '../foundations/problems/index.ts'
import { sendPublicFile } from './public-file.ts'
import { recordKinds } from './record-kinds.ts'

export type LedgerRoutesDeps = {
  readonly ledger: Ledger
  readonly identity: Identity
  readonly entryTitles: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** What an act of a procedure is called; undefined where the rulebook no longer knows it. */
  readonly actTitle: (procedure: string, act: string) => Text | undefined
}

export function mountLedger(
  mount: Mount,
  { ledger, identity, entryTitles, actTitle }: LedgerRoutesDeps,
): void {
  /** An act goes by its own name; whatever else was recorded by that of its kind. */
  function titleOf({ kind, payload }: RecordView): Text {
    const { procedure, act } = payload ?? {}
    const named =
      kind === 'case.act' && typeof procedure === 'string' && typeof act === 'string'
        ? actTitle(procedure, act)
        : undefined
    return named ?? recordKinds[kind] ?? text(kind, kind)
  }

  async function present(records: readonly RecordView[]) {
    const titles = await entryTitles(records.flatMap((record) => record.entryId ?? []))
    const names = await identity.userNames(records.flatMap((record) => record.userId ?? []))
    return records.map((record) => {
      const organisation =
        record.organisationId === null ? undefined : identity.organisation(record.organisationId)
      return {
        id: record.id,
        at: record.at,
        kind: record.kind,
        title: titleOf(record),
        actor: {
          name: record.userId === null ? null : (names.get(record.userId) ?? null),
          organisation: organisation ? { id: organisation.id, name: organisation.name } : null,
        },
        entry:
          record.entryId === null ? null : { id: record.entryId, title: titles.get(record.entryId) ?? '' },
        caseId: record.caseId,
        grantId: record.grantId,
        article: record.article,
        outcome: record.outcome ?? '',
        details: { ...record.payload },
        position: record.position,
        erasedAt: record.erasedAt,
      }
    })
  }

  /** The authority and its auditors see every record of their area; everyone else their own and their organisation's. */
  const areaFor = (session: Session) => areaOf(session, identity.organisations(), 'officer', 'supervisor')

  const isOwn = (session: Session, record: RecordView): boolean =>
    isInArea(areaFor(session), record.organisationId) ||
    (record.userId !== null && record.userId === session.user?.id) ||
    (record.organisationId !== null && record.organisationId === session.user?.organisation?.id)

  mount(contract.listRecords, async ({ query, session }) => {
    const { user } = session
    const area = areaFor(session)
    const mine =
      area === null
        ? {}
        : area !== undefined
          ? { organisationIds: area }
          : user?.organisation
            ? { organisationId: user.organisation.id }
            : { personId: user!.id }
    const { entry, case: caseId, grant, kind } = query
    const list = listOf('records', [entry, caseId, grant, kind])
    const cursor = readCursor(list, query.cursor, isIdText)
    const page = await ledger
      .find({
        ...mine,
        limit: query.limit,
        ...(cursor ? { cursor } : {}),
        ...(entry ? { entryId: entry } : {}),
        ...(caseId ? { caseId } : {}),
        ...(grant ? { grantId: grant } : {}),
        ...(kind ? { kind } : {}),
      })
      .catch(asProblem)
    return {
      items: await present(page.records),
      nextCursor: page.nextCursor && writeCursor(list, page.nextCursor),
    }
  })
  mount(contract.getRecord, async ({ params, session }) => {
    const record = await ledger.get(params.recordId)
    if (record === null || !isOwn(session, record)) throw new Problem('not-found')
    return (await present([record]))[0]!
  })
  mount(contract.getReceipt, async ({ params, session }) => {
    const record = await ledger.get(params.recordId)
    // A caller without an account was given the number of the record with the answer, and nobody else was.
    const anonymous =
      record?.userId === null && record.organisationId === null && /^(access\.|proof\.)/.test(record.kind)
    if (record === null || !(anonymous || isOwn(session, record))) throw new Problem('not-found')
    const receipt = await ledger.receipt(params.recordId).catch(asProblem)
    return { ...receipt, proof: [...receipt.proof] }
  })
  mount(contract.getCheckpoint, ({ reply }) => sendPublicFile(ledger, reply, 'checkpoint'))
  mount(contract.getTile, ({ request, reply }) =>
    sendPublicFile(ledger, reply, `tile/${(request.params as { '*': string })['*']}`),
  )
  mount(contract.getLedgerKey, ({ reply }) =>
    reply.type('text/plain; charset=utf-8').send(`${ledger.publicKey()}\n`),
  )
}

function asProblem(error: unknown): never {
  if (error instanceof LedgerError) {
    if (error.code === 'record-unknown') throw new Problem('not-found', {}, error)
    throw new Problem(
      error.status === 400 ? 'bad-cursor' : 'record-unavailable',
      { condition: error.text, retryAfterSeconds: 2 },
      error,
    )
  }
  throw error
}
