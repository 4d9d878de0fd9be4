import { newId } from '@tiaoli/kernel/ids'
import { type CivilDate, civilDateOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { sql } from 'kysely'
import type { ActHappened } from '../../foundations/cases/index.ts'
import { overseesCity, type Session, scopeOf } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { type Entry, typeOf } from '../catalogue/index.ts'
import { addMonths } from './agreement.rules.ts'
import type { OpeningDeps } from './opening.deps.ts'
import type { Assessment } from './reassessment.store.ts'
import * as store from './reassessment.store.ts'

export type Setting = { readonly everyMonths: number; readonly instrument: string; readonly setAt: Date }

export type Reassessment = ReturnType<typeof createReassessment>

/**
 * Looks at conditionally opened entries again and again: keep the conditions, or open them to all. The text gives no
 * interval, so the dates are the city's own.
 *
 * @article SZ-14.2-a SZ-14.3-b
 */
export function createReassessment(deps: OpeningDeps) {
  const { database, rulebook, catalogue, identity, ledger, notices, clock } = deps
  const { db } = database
  const rules = rulebook.rooms.opening?.reassessment
  const fulfilment = rulebook.rooms.opening?.fulfilment
  const conditionalTypes = rulebook.catalogue.openingTypes.filter(({ effect }) => effect === 'by-request')

  /** The interval is the city's. */
  const maySet = (session: Session): boolean => overseesCity(session, 'officer')
  const mayAssess = ({ user }: Session, entry: Entry): boolean =>
    user?.organisation?.id === entry.providerId && user.powers.includes('steward')

  async function setting(): Promise<Setting | undefined> {
    const { rows } = await sql<{ reassess_every_months: number; instrument: string; set_at: Date }>`
      select * from opening_setting order by id desc limit 1`.execute(db)
    return (
      rows[0] && {
        everyMonths: rows[0].reassess_every_months,
        instrument: rows[0].instrument,
        setAt: rows[0].set_at,
      }
    )
  }

  return {
    rules,
    setting,
    maySet,
    mayAssess,
    newestOf: (entryIds: readonly string[]) => store.newestAssessments(db, entryIds),

    /** Conditional entries that the caller has to do with, at most so many. */
    async entries(session: Session, limit: number): Promise<readonly Entry[]> {
      if (rules === undefined) return []
      const seen = scopeOf(session, identity.organisations(), 'officer')
      return catalogue.published({
        ...(seen === null ? {} : { providerIds: seen ?? [] }),
        openingTypes: conditionalTypes.map(({ key }) => key),
        limit,
      })
    },

    /** A finding of somebody else that waits to be confirmed. */
    mayConvert: (session: Session, entry: Entry, last: Assessment | undefined): boolean =>
      mayAssess(session, entry) && last?.finding === 'qualifies' && last.userId !== session.user?.id,

    /** When the entry is to be looked at next, by the city's own setting. */
    nextOn(entry: Entry, last: Assessment | undefined, set: Setting | undefined): CivilDate | null {
      const from = last?.at ?? entry.publishedAt
      return set === undefined || from === null ? null : addMonths(civilDateOf(from), set.everyMonths)
    },

    async set(session: Session, given: { everyMonths: number; instrument: string }): Promise<Setting> {
      if (rules === undefined) throw new Problem('not-found')
      if (!maySet(session))
        throw new Problem('not-allowed', {
          condition: text('评估间隔由数据主管部门设定', 'The interval is set by the data authority'),
        })
      await database.inTransaction(async (tx) => {
        await sql`insert into opening_setting (id, reassess_every_months, instrument, set_at, set_by)
          values (${newId()}, ${given.everyMonths}, ${given.instrument}, ${clock.now()}, ${session.user!.id})`.execute(
          tx,
        )
        await ledger.record(tx, {
          kind: 'opening.setting',
          userId: session.user!.id,
          organisationId: session.user!.organisation!.id,
          article: rules.article,
          outcome: 'set',
          payload: given,
        })
      })
      return (await setting())!
    },

    /** Keeps the conditions, or finds that they are no longer needed, which somebody else confirms. */
    async assess(
      session: Session,
      entryId: string,
      { finding, reasons }: { finding: 'keep' | 'qualifies'; reasons: string },
    ): Promise<Assessment> {
      const entry = await catalogue.requireEntry(session, entryId)
      if (rules === undefined) throw new Problem('not-found')
      if (!mayAssess(session, entry))
        throw new Problem('not-allowed', {
          condition: text('由提供数据的单位评估', 'The provider of the data assesses them'),
        })
      const type = typeOf(rulebook, 'opening', entry.content.opening.type)
      if (!entry.published || type?.effect !== 'by-request')
        throw new Problem('act-not-available', {
          article: rules.article,
          condition: text('只评估已发布的有条件开放条目', 'Only published conditional entries are assessed'),
        })
      const by = { userId: session.user!.id, organisationId: entry.providerId }
      return database.inTransaction(async (tx) => {
        const { id: recordId } = await ledger.record(tx, {
          kind: 'opening.assessed',
          ...by,
          entryId,
          article: rules.article,
          outcome: finding,
          payload: { reasons, from: type.key },
        })
        const assessment = { entryId, finding, reasons, at: clock.now(), ...by, recordId }
        await store.insertAssessment(tx, assessment)
        return assessment
      })
    },

    /** An entry that is published free to all without data: its provider is told that it has not opened anything yet. */
    async onAct({ tx, state, effect }: ActHappened): Promise<void> {
      if (fulfilment === undefined || effect !== 'publish' || state.entryId === null) return
      const entry = await catalogue.find(state.entryId, tx)
      if (entry === undefined || entry.live !== null) return
      if (typeOf(rulebook, 'opening', entry.content.opening.type)?.effect !== 'free') return
      await notices.send(tx, await identity.members(tx, entry.providerId, ['steward']), {
        kind: 'opening.unfulfilled',
        title: text(`开放尚未落实：${entry.content.title}`, `Opening not fulfilled: ${entry.content.title}`),
        body: text(
          '条目已发布为主动开放，但还没有数据。请上传数据。',
          'It is published as open to all and has no data. Please upload them.',
        ),
        link: `/desk/entries/${entry.id}/upload`,
      })
    },
  }
}
