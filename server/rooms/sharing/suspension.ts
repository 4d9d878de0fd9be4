import type { Clock } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { alongRenewals } from './renewals.store.ts'
import { type Grant, type Grounds, standingOf, unstopped } from './sharing.model.ts'
import type { Sharing } from './sharing.service.ts'
import * as store from './sharing.store.ts'

type SuspensionDeps = {
  readonly database: Database
  readonly sharing: Sharing
  readonly ledger: Ledger
  readonly clock: Clock
  readonly holders: (tx: Tx, grant: Grant) => Promise<string[]>
  readonly record: (tx: Tx, grant: Grant, by: Session, what: string, payload: object) => Promise<unknown>
  readonly tell: (
    tx: Tx,
    told: readonly string[],
    grant: Grant,
    kind: string,
    title: Text,
    body: Text,
  ) => Promise<unknown>
}

/** A grant stands still for a time, and with it the grants by which it goes on. */
export function createSuspension({
  database,
  sharing,
  ledger,
  clock,
  holders,
  record,
  tell,
}: SuspensionDeps) {
  async function changeStanding(session: Session, id: string, given: Grounds, to: 'suspended' | 'resumed') {
    const grant = await sharing.requireGrant(session, id)
    if (!sharing.mayRevoke(session, grant))
      throw new Problem('not-allowed', {
        condition: text(
          '使用许可由数据主管部门或者数据提供单位暂停和恢复（平台规则，非法定）',
          'A grant is suspended and resumed by the data authority or by the provider (a rule of the platform, not statutory)',
        ),
      })
    const suspends = to === 'suspended'
    const word = suspends ? text('已暂停', 'suspended') : text('已恢复', 'resumed')

    /** Renewals are suspended unless they are so for reasons of their own, and go on if they were suspended with it. */
    const concerns = (each: Grant, first: Grant): boolean => {
      if (each.id === id) return true
      const standing = standingOf(each, clock.now())
      if (suspends) return standing === 'live'
      return standing === 'suspended' && each.suspendedAt?.getTime() === first.suspendedAt?.getTime()
    }

    await database.inTransaction(async (tx) => {
      const first = (await store.findGrant(tx, id))!
      await alongRenewals(tx, first, async (each) => {
        if (!concerns(each, first)) return
        if (
          each.revokedAt !== null ||
          !(await store.writeSuspension(tx, each.id, clock.now(), suspends ? given : null))
        ) {
          if (each.id !== id) return
          throw new Problem('act-not-available', {
            condition: suspends
              ? text('该许可已经暂停或者撤销', 'The grant is suspended or revoked already')
              : text('该许可没有暂停', 'The grant is not suspended'),
          })
        }
        await record(tx, each, session, to, given)
        await tell(
          tx,
          await holders(tx, each),
          each,
          to,
          text(`使用许可${word.zh}`, `Grant ${word.en}`),
          text(
            `理由：${unstopped(given.reasons)}。依据：${unstopped(given.basis)}。`,
            `Reasons: ${unstopped(given.reasons)}. Basis: ${unstopped(given.basis)}.`,
          ),
        )
      })
      await ledger.turnEpoch(tx)
    })
    return (await sharing.find(id))!
  }

  return {
    suspend: (session: Session, id: string, given: Grounds) =>
      changeStanding(session, id, given, 'suspended'),
    resume: (session: Session, id: string, given: Grounds) => changeStanding(session, id, given, 'resumed'),
  }
}
