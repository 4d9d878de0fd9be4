import type { Case, CaseSummary } from '@tiaoli/contract/cases'
import type { Refusal } from '@tiaoli/kernel/decisions'
import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { WorkingCalendar } from '@tiaoli/kernel/working-days'
import { sql } from 'kysely'
import type { ActHappened, Actor, CaseState, CaseView, CaseSummary as EngineSummary } from '../cases/index.ts'
import type { Database, Tx } from '../database/index.ts'
import { type Identity, mayOversee, type Session } from '../identity/index.ts'
import type { Jobs } from '../jobs/index.ts'
import type { JsonObject, Ledger, RecordInput } from '../ledger/index.ts'
import type { Notices } from '../notices/index.ts'
import type { Procedure, Rulebook } from '../rulebook/index.ts'
import { powersOf } from './case-actor.ts'
import { entriesNamed } from './case-content.ts'
import { clockEventTitles, type Names, presentCase, presentSummary, type ViewContext } from './case-view.ts'
import { isAhead, overdueNotice, recountedNotice, reminderNotice, remindersOf } from './reminders.ts'

export type CaseworkDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly calendar: WorkingCalendar
  readonly clock: Clock
  readonly identity: Identity
  readonly ledger: Ledger
  readonly jobs: Jobs
  readonly notices: Notices
  /** Titles of entries, known or not published. */
  readonly entryTitles: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** Path of the page on which a case is dealt with. */
  readonly pageOf: (state: CaseState) => string
  /** Who stands in today for any of these users: they hear what those are told of cases. */
  readonly standInsOf: (tx: Tx, userIds: readonly string[]) => Promise<readonly string[]>
  /** The grant that came of a case, where one did. */
  readonly grantOfCase: (caseId: string) => Promise<string | null>
}

/** Refusals of somebody who would have acted beyond their part. */
const attempts: ReadonlySet<string> = new Set(['role-not-entitled', 'own-case', 'own-act'])

/** Job that looks for clocks whose date has passed. */
export const overdueJob = 'cases.overdue'

/** Job that tells the owner of a clock that its date is near. */
export const remindJob = 'cases.remind'

export type Casework = ReturnType<typeof createCasework>

/** What every formal procedure has in common around the engine: record, notice, due job, and how a case is shown. */
export function createCasework(deps: CaseworkDeps) {
  const { database, rulebook, calendar, clock, identity, ledger, jobs, notices } = deps

  async function recordIds(caseId: string): Promise<Map<number, string>> {
    const { rows } = await sql<{
      sequence: number
      record_id: string
    }>`select sequence, record_id from case_record where case_id = ${caseId}`.execute(database.db)
    return new Map(rows.map((row) => [row.sequence, row.record_id]))
  }

  /** Members who can do what the case waits for, and the person it waits for. */
  async function waitedFor({ tx, state, procedure }: ActHappened): Promise<string[]> {
    const waiting = procedure.states.find((each) => each.key === state.state)?.waitsFor ?? []
    return membersIn(tx, state, procedure, waiting)
  }

  async function membersIn(
    tx: Tx,
    state: ActHappened['state'],
    procedure: Procedure,
    roles: readonly string[],
  ): Promise<string[]> {
    const ids: string[] = []
    for (const role of roles) {
      const party = state.parties[role]
      const binding = procedure.roles[role]
      if (party === undefined || binding === undefined) continue
      if (party.organisationId === null) ids.push(...(party.userId === null ? [] : [party.userId]))
      else ids.push(...(await identity.members(tx, party.organisationId, powersOf(binding))))
    }
    return [...new Set([...ids, ...(await deps.standInsOf(tx, ids))])]
  }

  async function follow(all: readonly ActHappened[]): Promise<void> {
    const tx = all[0]?.tx
    if (tx === undefined) return
    const records = await ledger.recordAll(tx, all.map(recordOf))
    const rows = all.map(({ state, event }, at) => sql`(${state.id}, ${event.sequence}, ${records[at]!.id})`)
    await sql`insert into case_record (case_id, sequence, record_id) values ${sql.join(rows)}`.execute(tx)
    const dates = all.flatMap(({ state }) =>
      state.clocks.flatMap(({ running, overdue, dueAt }) =>
        running && !overdue && dueAt !== null ? [dueAt] : [],
      ),
    )
    for (const dueAt of new Set(dates))
      await jobs.file(tx, overdueJob, dueAt, new Date(Date.parse(dueAt) + 1))
    for (const happened of all) {
      const { procedure, state } = happened
      for (const reminder of remindersOf(calendar, procedure, state))
        if (isAhead(reminder.at, clock.now())) await jobs.file(tx, remindJob, reminder.subject, reminder.at)
      if (!happened.quiet) await notify(happened)
    }
  }

  return {
    pageOf: deps.pageOf,

    /** Everybody who deals with the case on one of its sides, with the side for which they do. */
    async membersOf(
      tx: Tx,
      { state, procedure }: Pick<CaseView, 'state' | 'procedure'>,
    ): Promise<{ userId: string; organisationId: string | null }[]> {
      const found = new Map<string, string | null>()
      for (const role of Object.keys(procedure.roles))
        for (const userId of await membersIn(tx, state, procedure, [role]))
          found.set(userId, state.parties[role]?.organisationId ?? null)
      return [...found].map(([userId, organisationId]) => ({ userId, organisationId }))
    },

    /** Follows every event of every case, in its transaction: its record, whom it concerns, when it falls due. */
    onAct: (happened: ActHappened): Promise<void> => follow([happened]),

    /** The same for the events of cases that were opened in one act. */
    onOpened: (happened: readonly ActHappened[]): Promise<void> => follow(happened),

    /**
     * Keeps the attempt of somebody to do what is another's to do. Other refusals are answers like any other and
     * leave no trace: a form that lacks something is put right and sent again.
     */
    async recordRefusal(actor: Actor, state: CaseState, act: string, refusal: Refusal): Promise<void> {
      if (!attempts.has(refusal.code)) return
      await database.inTransaction((tx) =>
        ledger.record(tx, {
          kind: 'case.refused',
          userId: actor.userId,
          organisationId: actor.organisationId,
          entryId: state.entryId,
          caseId: state.id,
          article: refusal.article ?? null,
          outcome: refusal.code,
          payload: { number: state.number, procedure: state.procedure, act },
        }),
      )
    },

    /** Case of a reminder by the subject of its job. */
    caseOfReminder: (subject: string): string => subject.split(' ')[0]!,

    /** Tells the owner of the clock, unless it has stopped, moved or passed meanwhile. */
    async remind({ state, procedure }: CaseView, subject: string): Promise<void> {
      const due = remindersOf(calendar, procedure, state).find((each) => each.subject === subject)?.clock
      if (due === undefined || due.dueAt === null || due.dueAt < clock.now().toISOString()) return
      await database.inTransaction(async (tx) =>
        notices.send(tx, await membersIn(tx, state, procedure, [due.owner]), {
          kind: 'case.due-soon',
          ...reminderNotice(state, due),
          link: deps.pageOf(state),
        }),
      )
    },

    async presentCase(session: Session, view: CaseView): Promise<Case> {
      const { state } = view
      const [titles, records, grantId, userNames] = await Promise.all([
        deps.entryTitles([
          ...(state.entryId === null ? [] : [state.entryId]),
          ...entriesNamed(view.procedure, state.events),
        ]),
        recordIds(state.id),
        deps.grantOfCase(state.id),
        identity.userNames(userIdsOf([state])),
      ])
      return presentCase(
        context(session, {
          organisation: identity.organisation,
          entryTitle: (id) => titles.get(id) ?? '',
          userName: (id) => userNames.get(id) ?? '',
          recordId: (_, sequence) => records.get(sequence) ?? null,
          grantId: () => grantId,
        }),
        view,
      )
    },

    async presentSummaries(session: Session, summaries: readonly EngineSummary[]): Promise<CaseSummary[]> {
      const [titles, userNames] = await Promise.all([
        deps.entryTitles(summaries.flatMap((each) => each.entryId ?? [])),
        identity.userNames(userIdsOf(summaries)),
      ])
      const view = context(session, {
        organisation: identity.organisation,
        entryTitle: (id) => titles.get(id) ?? '',
        userName: (id) => userNames.get(id) ?? '',
        recordId: () => null,
        grantId: () => null,
      })
      return summaries.map((summary) => presentSummary(view, summary))
    },
  }

  function context(session: Session, names: Names): ViewContext {
    return { rulebook, calendar, session, names, now: clock.now() }
  }

  async function notify(happened: ActHappened): Promise<void> {
    const { tx, procedure, state, event } = happened
    const title = procedure.acts.find((each) => each.key === event.act)?.title ?? clockEventTitles[event.act]
    const current = procedure.states.find((each) => each.key === state.state)
    const link = deps.pageOf(state)
    if (event.act === 'overdue') {
      const owners = event.clocks.map(
        (change) => state.clocks.find((each) => each.clock === change.clock)?.owner ?? '',
      )
      await notices.send(
        tx,
        [...(await membersIn(tx, state, procedure, owners)), ...(await supervisors(tx, state))],
        {
          kind: 'case.overdue',
          ...overdueNotice(state, event, procedure),
          link,
        },
      )
      return
    }
    const everyone = await membersIn(tx, state, procedure, Object.keys(procedure.roles))
    if (event.act === 'recomputed') {
      await notices.send(tx, everyone, { ...recountedNotice(state, event), link })
      return
    }
    // Whoever an act has just made a party hears of it, whether or not the case waits for them.
    const named = await membersIn(tx, state, procedure, Object.keys(event.parties ?? {}))
    const concerned =
      state.version === 1 || state.outcome !== null
        ? everyone
        : [...new Set([...(await waitedFor(happened)), ...named])]
    const others = concerned.filter((id) => id !== event.actor?.userId)
    await notices.send(tx, others, {
      kind: 'case.act',
      title: text(
        `${procedure.title.zh} ${state.number}：${current?.title.zh ?? state.state}`,
        `${procedure.title.en} ${state.number}: ${current?.title.en ?? state.state}`,
      ),
      body: text(
        `${event.actor?.name ?? ''}办理了“${title?.zh ?? event.act}”。${current?.summary.zh ?? ''}`,
        `${title?.en ?? event.act} by ${event.actor?.name ?? ''}. ${current?.summary.en ?? ''}`,
      ),
      link,
    })
  }

  /** Whoever supervises one of the parties hears of what is late. */
  async function supervisors(tx: Tx, { parties }: CaseState): Promise<string[]> {
    const bodies = Object.values(parties).map(({ organisationId }) =>
      organisationId === null ? undefined : identity.organisation(organisationId),
    )
    const authorities = identity
      .organisations()
      .filter((authority) => bodies.some((body) => mayOversee(authority, body)))
    const members: string[] = []
    for (const authority of authorities)
      members.push(...(await identity.members(tx, authority.id, ['officer'])))
    return members
  }
}

/** What the ledger keeps of an event. */
function recordOf({ procedure, state, event }: ActHappened): RecordInput {
  return {
    kind: 'case.act',
    userId: event.actor?.userId ?? null,
    organisationId: event.actor?.organisationId ?? null,
    entryId: state.entryId,
    caseId: state.id,
    article: procedure.acts.find((each) => each.key === event.act)?.article ?? null,
    outcome: state.outcome ?? event.to,
    payload: {
      number: state.number,
      procedure: state.procedure,
      rulebook: { id: state.rulebookId, version: state.rulebookVersion },
      sequence: event.sequence,
      act: event.act,
      role: event.role,
      ...(event.actor?.inPlaceOf ? { inPlaceOf: event.actor.inPlaceOf.userId } : {}),
      state: event.to,
      content: event.content as JsonObject,
      warnings: event.warnings.map((warning) => warning.zh),
    },
  }
}

const userIdsOf = (cases: readonly Pick<EngineSummary, 'parties'>[]): string[] =>
  cases.flatMap((each) =>
    Object.values(each.parties).flatMap((party) =>
      party.organisationId === null && party.userId !== null ? [party.userId] : [],
    ),
  )
