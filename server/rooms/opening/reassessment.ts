import { newId } from '@tiaoli/kernel/ids'
import { type CivilDate, civilDateOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { sql } from 'kysely'
import type { ActHappened, Cases } from '../../foundations/cases/index.ts'
import type { Store, Tx } from '../../foundations/database/index.ts'
import { overseesCity, type Session, scopeOf } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { type Entry, typeOf } from '../catalogue/index.ts'
import { addMonths } from './agreement.rules.ts'
import type { AgreementDeps } from './agreement.service.ts'
import { usersOfEntry } from './data-users.ts'

export type Finding = 'keep' | 'qualifies' | 'converted'
export type Assessment = {
  readonly entryId: string
  readonly finding: Finding
  readonly reasons: string
  readonly at: Date
  readonly organisationId: string
  readonly recordId: string
}
export type Setting = { readonly everyMonths: number; readonly instrument: string; readonly setAt: Date }

export type Reassessment = ReturnType<typeof createReassessment>

/**
 * Looks at conditionally opened entries again and again: keep the conditions, or open them to all. The text gives no
 * interval, so the dates are the city's own.
 *
 * @article SZ-14.2-a SZ-14.3-b
 */
export function createReassessment(deps: AgreementDeps & { readonly cases: () => Cases }) {
  const { database, rulebook, catalogue, identity, ledger, notices, clock, cases } = deps
  const { db } = database
  const rules = rulebook.rooms.opening?.reassessment
  const fulfilment = rulebook.rooms.opening?.fulfilment
  const freeType = rulebook.catalogue.openingTypes.find(({ effect }) => effect === 'free')
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

  async function newestOf(store: Store | Tx, entryIds: readonly string[]): Promise<Map<string, Assessment>> {
    const { rows } = await sql<{
      entry_id: string
      finding: Finding
      reasons: string
      at: Date
      organisation_id: string
      record_id: string
    }>`select distinct on (entry_id) * from opening_assessment
      where entry_id = any(${[...entryIds]}::text[]) order by entry_id, id desc`.execute(store)
    return new Map(
      rows.map((row) => [
        row.entry_id,
        {
          entryId: row.entry_id,
          finding: row.finding,
          reasons: row.reasons,
          at: row.at,
          organisationId: row.organisation_id,
          recordId: row.record_id,
        },
      ]),
    )
  }

  /** Whoever has asked for the entry and still waits. */
  async function applicantsOf(session: Session, entryId: string): Promise<string[]> {
    const { id: userId, name, organisation } = session.user!
    const found: string[] = []
    for (const { procedure } of conditionalTypes) {
      const listed = await cases().list({
        box: 'all',
        actor: { userId, name, organisationId: organisation?.id ?? null },
        entryId,
        open: true,
        limit: 200,
        ...(procedure ? { procedure } : {}),
      })
      for (const each of listed.ok ? listed.value.cases : [])
        for (const party of Object.values(each.parties))
          if (party.userId !== null) found.push(party.userId)
          else if (party.organisationId !== null && party.organisationId !== organisation?.id) {
            const { organisationId } = party
            found.push(
              ...(await database.inTransaction((tx) => identity.members(tx, organisationId, ['requester']))),
            )
          }
    }
    return found
  }

  return {
    rules,
    setting,
    maySet,
    mayAssess,
    newestOf: (entryIds: readonly string[]) => newestOf(db, entryIds),

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

    /** Keeps the conditions, notes that they are no longer needed, or opens the entry to all in the same step. */
    async assess(
      session: Session,
      entryId: string,
      { finding, reasons }: { finding: Finding; reasons: string },
    ): Promise<{ assessment: Assessment; told: number }> {
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
      const told =
        finding === 'converted'
          ? [...new Set([...(await applicantsOf(session, entryId)), ...(await usersOfEntry(deps, entryId))])]
          : []
      await database.inTransaction(async (tx) => {
        const record = await ledger.record(tx, {
          kind: 'opening.assessed',
          userId: session.user!.id,
          organisationId: entry.providerId,
          entryId,
          article: rules.article,
          outcome: finding,
          payload: { reasons, from: type.key, to: finding === 'converted' ? (freeType?.key ?? null) : null },
        })
        await sql`insert into opening_assessment (id, entry_id, finding, reasons, at, by_user, organisation_id, record_id)
          values (${newId()}, ${entryId}, ${finding}, ${reasons}, ${clock.now()}, ${session.user!.id}, ${entry.providerId}, ${record.id})`.execute(
          tx,
        )
        if (finding !== 'converted') return
        if (freeType === undefined) throw new Error(`${rulebook.id} has no opening type that is free`)
        await catalogue.setOpening(tx, entryId, { type: freeType.key, conditions: '', basis: null })
        await notices.send(tx, told, {
          kind: 'opening.converted',
          title: text(
            `已转为${freeType.term.zh}：${entry.content.title}`,
            `Now ${freeType.term.en}: ${entry.content.title}`,
          ),
          body: text(
            '现在无须申请即可取得。已有的使用许可在其期限内继续有效。',
            'It can be taken without a request. Grants that were given hold to the end of their term.',
          ),
          link: `/entries/${entryId}`,
        })
      })
      return { assessment: (await newestOf(db, [entryId])).get(entryId)!, told: told.length }
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
