import { mostReplies } from '@tiaoli/contract/desk'
import { newId } from '@tiaoli/kernel/ids'
import { type Clock, instantOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { sql } from 'kysely'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { dealsWithCases } from './desk.rules.ts'

export type RepliesDeps = {
  readonly database: Database
  readonly identity: Identity
  readonly ledger: Ledger
  readonly clock: Clock
}

type ReplyInput = { readonly title: string; readonly body: string; readonly procedure: string | null }

/** Replies that officers of an organisation keep for the forms they fill in again and again. */
export function createReplies({ database, identity, ledger, clock }: RepliesDeps) {
  /** The organisation of a member who deals with cases. */
  function organisationOf({ user }: Session): string {
    if (user?.organisation != null && dealsWithCases(user.powers)) return user.organisation.id
    throw new Problem('not-allowed', {
      condition: text('常用答复供单位的承办人员使用', 'Kept replies are for members who deal with cases'),
      remedy: text('请由有此职责的同事办理。', 'Leave it to a colleague who does.'),
    })
  }

  const mayKeep = ({ user }: Session): boolean =>
    user?.powers.some((power) => power === 'officer' || power === 'steward') === true

  function keeperOf(session: Session): { organisationId: string; userId: string } {
    const organisationId = organisationOf(session)
    if (!mayKeep(session))
      throw new Problem('not-allowed', {
        condition: text(
          '常用答复由承办人员、数据管理员维护',
          'Kept replies are looked after by officers and stewards',
        ),
        remedy: text('请由有此职责的同事办理。', 'Leave it to a colleague with that power.'),
      })
    return { organisationId, userId: session.user!.id }
  }

  async function recorded(
    session: Session,
    act: 'kept' | 'changed' | 'removed',
    work: (tx: Tx, keeper: { organisationId: string; userId: string }) => Promise<string>,
  ): Promise<void> {
    const keeper = keeperOf(session)
    await database.inTransaction(async (tx) => {
      const title = await work(tx, keeper)
      await ledger.record(tx, { kind: 'desk.reply', ...keeper, outcome: act, payload: { title } })
    })
  }

  return {
    async list(session: Session, procedure?: string) {
      const organisationId = organisationOf(session)
      const { rows } = await sql<{
        id: string
        title: string
        body: string
        procedure: string | null
        kept_by: string
        changed_at: Date
      }>`select * from saved_reply where organisation_id = ${organisationId}
        and (${procedure ?? null}::text is null or procedure is null or procedure = ${procedure ?? null})
        order by title, id limit ${mostReplies}`.execute(database.db)
      const names = await identity.userNames(rows.map(({ kept_by }) => kept_by))
      return {
        items: rows.map((row) => ({
          id: row.id,
          title: row.title,
          body: row.body,
          procedure: row.procedure,
          keptBy: names.get(row.kept_by) ?? '',
          changedAt: instantOf(row.changed_at),
        })),
        canKeep: mayKeep(session),
      }
    },

    keep: (session: Session, { title, body, procedure }: ReplyInput) =>
      recorded(session, 'kept', async (tx, { organisationId, userId }) => {
        // Holds the organisation, so that two who keep one at the same time do not pass the limit together.
        await identity.lockOrganisation(tx, organisationId)
        const { rows } = await sql<{ count: number }>`
          select count(*)::int as count from saved_reply where organisation_id = ${organisationId}`.execute(
          tx,
        )
        if (rows[0]!.count >= mostReplies) throw tooMany()
        await sql`insert into saved_reply (id, organisation_id, title, body, procedure, kept_by, changed_at)
          values (${newId()}, ${organisationId}, ${title}, ${body}, ${procedure}, ${userId}, ${clock.now()})`.execute(
          tx,
        )
        return title
      }),

    change: (session: Session, id: string, { title, body, procedure }: ReplyInput) =>
      recorded(session, 'changed', async (tx, { organisationId, userId }) => {
        const { numAffectedRows } = await sql`update saved_reply set title = ${title}, body = ${body},
            procedure = ${procedure}, kept_by = ${userId}, changed_at = ${clock.now()}
          where id = ${id} and organisation_id = ${organisationId}`.execute(tx)
        if (Number(numAffectedRows) === 0) throw new Problem('not-found')
        return title
      }),

    remove: (session: Session, id: string) =>
      recorded(session, 'removed', async (tx, { organisationId }) => {
        const { rows } = await sql<{ title: string }>`delete from saved_reply
          where id = ${id} and organisation_id = ${organisationId} returning title`.execute(tx)
        if (rows[0] === undefined) throw new Problem('not-found')
        return rows[0].title
      }),
  }
}

const tooMany = (): Problem =>
  new Problem('act-not-available', {
    condition: text(
      `每个单位最多保存 ${mostReplies} 条常用答复`,
      `An organisation keeps ${mostReplies} replies at most`,
    ),
    remedy: text('请先删除不用的常用答复。', 'Remove one that is no longer needed.'),
  })
