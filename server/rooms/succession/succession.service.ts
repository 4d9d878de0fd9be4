import { text } from '@tiaoli/kernel/text'
import type { Cases } from '../../foundations/cases/index.ts'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Identity, Organisation, Session } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import { Problem, refusalProblem } from '../../foundations/problems/index.ts'
import { refusalOfSuccession } from './succession.rules.ts'

/** What a room hands over when one body takes the place of another; it says how much that was. */
export type HandOver = (tx: Tx, fromId: string, toId: string) => Promise<number>

export type Moved = { readonly entries: number; readonly cases: number; readonly grants: number }

export type Succession = ReturnType<typeof createSuccession>

/** A body is dissolved and another takes its place: nothing that waited for it waits for nobody (机构撤销与承继). */
export function createSuccession(deps: {
  readonly database: Database
  readonly identity: Identity
  readonly ledger: Ledger
  readonly notices: Notices
  readonly cases: () => Cases
  /** In the order in which they hand over. */
  readonly entries: HandOver
  readonly systems: HandOver
  readonly grants: HandOver
  readonly agreements: HandOver
  readonly agreementsInForce: (tx: Tx, organisationId: string) => Promise<number>
}) {
  const { database, identity, ledger, notices, cases } = deps

  return {
    async dissolve(
      session: Session,
      id: string,
      given: { successorId: string; basis: string },
    ): Promise<{ body: Organisation; successor: Organisation; moved: Moved }> {
      if (identity.organisation(id) === undefined) throw new Problem('not-found')
      let moved: Moved = { entries: 0, cases: 0, grants: 0 }
      await database.inTransaction(async (tx) => {
        const standing = await identity.lockedOrganisations(tx)
        const body = standing.find((each) => each.id === id)!
        const successor = standing.find((each) => each.id === given.successorId)
        const refusal = refusalOfSuccession(body, successor, await deps.agreementsInForce(tx, id))
        if (refusal !== undefined) throw refusalProblem('content-incomplete', refusal)
        if (!(await identity.dissolve(tx, id, given.successorId)))
          throw new Problem('act-not-available', {
            condition: text('该单位此前已经撤销', 'The body was dissolved before'),
          })
        moved = {
          entries: await deps.entries(tx, id, given.successorId),
          grants: await deps.grants(tx, id, given.successorId),
          cases: await cases().replaceOrganisation({ tx, fromId: id, toId: given.successorId }),
        }
        await deps.systems(tx, id, given.successorId)
        await deps.agreements(tx, id, given.successorId)
        await ledger.record(tx, {
          kind: 'organisation.dissolved',
          userId: session.user!.id,
          organisationId: session.user!.organisation?.id ?? null,
          outcome: 'succeeded',
          payload: { of: id, successor: given.successorId, basis: given.basis, ...moved },
        })
        await ledger.turnEpoch(tx)
        await notices.send(
          tx,
          await identity.members(tx, given.successorId, ['steward', 'requester', 'officer']),
          {
            kind: 'organisation.succession',
            title: text(
              `本单位承继${body.name.zh}的数据和办件`,
              `Your organisation takes the place of ${body.name.en}`,
            ),
            body: text(
              `依据：${given.basis}。移交目录条目 ${moved.entries} 个、在办办件 ${moved.cases} 件、使用许可 ${moved.grants} 项；原期限继续计算。`,
              `Basis: ${given.basis}. Handed over: ${moved.entries} entries, ${moved.cases} open cases, ${moved.grants} grants; periods run on.`,
            ),
            link: '/desk',
          },
        )
      })
      await identity.reloadOrganisations()
      return { body: identity.organisation(id)!, successor: identity.organisation(given.successorId)!, moved }
    },
  }
}
