import type { Case, CaseSummary } from '@tiaoli/contract/cases'
import { civilDateOf } from '@tiaoli/kernel/instants'
import type { Text } from '@tiaoli/kernel/text'
import type { WorkingCalendar } from '@tiaoli/kernel/working-days'
import type { CaseState, CaseView, CaseSummary as EngineSummary } from '../cases/index.ts'
import type { Organisation, Session } from '../identity/index.ts'
import type { Procedure, Rulebook } from '../rulebook/index.ts'
import { hasPowerFor, inPlaceOf } from './case-actor.ts'
import { presentClock, workingDaysLeft } from './case-clock.ts'
import { presentAct, presentContent } from './case-content.ts'

/** Names that a view needs, looked up before it is made. */
export type Names = {
  readonly organisation: (id: string) => Organisation | undefined
  readonly entryTitle: (id: string) => string
  readonly userName: (id: string) => string
  readonly recordId: (caseId: string, sequence: number) => string | null
  readonly grantId: (caseId: string) => string | null
}

export type ViewContext = {
  readonly rulebook: Rulebook
  readonly calendar: WorkingCalendar
  readonly session: Session
  readonly names: Names
  readonly now: Date
}

const summaryOf = (names: Names, id: string | null | undefined): { id: string; name: Text } | null => {
  const organisation = id == null ? undefined : names.organisation(id)
  return organisation === undefined ? null : { id: organisation.id, name: organisation.name }
}

function partyOf(
  state: Pick<CaseState, 'parties'>,
  procedure: Procedure,
  from: 'opener' | 'provider',
): { organisationId: string | null; userId: string | null } {
  const role = Object.entries(procedure.roles).find(([, binding]) => binding.from === from)?.[0]
  return (role === undefined ? undefined : state.parties[role]) ?? { organisationId: null, userId: null }
}

function applicantOf(
  context: ViewContext,
  state: Pick<CaseState, 'parties'>,
  procedure: Procedure,
): CaseSummary['applicant'] {
  // Cataloguing has no opener: the provider brings its own entry.
  const role = Object.values(procedure.roles).some(({ from }) => from === 'opener') ? 'opener' : 'provider'
  const opener = partyOf(state, procedure, role)
  const organisation = summaryOf(context.names, opener.organisationId)
  return {
    name: organisation?.name.zh ?? (opener.userId === null ? '' : context.names.userName(opener.userId)),
    organisation,
  }
}

/** What the case is about: the entry by its title, a matter by the words in which it was brought. */
function subjectOf(
  names: Names,
  { entryId, subject }: Pick<CaseState, 'entryId' | 'subject'>,
): Pick<CaseSummary, 'entry' | 'subject'> {
  if (entryId === null) return { entry: null, subject: subject ?? { zh: '', en: '' } }
  const title = names.entryTitle(entryId)
  return { entry: { id: entryId, title }, subject: { zh: title, en: title } }
}

/** The colleague for whom the caller would do what the case waits for; null where nobody, or where it is their own. */
function standsInAt(
  { session }: ViewContext,
  { parties }: Pick<CaseState, 'parties'>,
  procedure: Procedure,
  waitsFor: readonly string[],
): string | null {
  const own = session.user?.organisation?.id
  const bindings = waitsFor
    .filter((role) => own !== undefined && parties[role]?.organisationId === own)
    .map((role) => procedure.roles[role]!)
  return inPlaceOf(session, bindings)?.name ?? null
}

function stateOf(procedure: Procedure, key: string): CaseSummary['state'] {
  const state = procedure.states.find((each) => each.key === key)
  return { key, title: state?.title ?? { zh: key, en: key }, summary: state?.summary ?? { zh: '', en: '' } }
}

export function presentSummary(context: ViewContext, summary: EngineSummary): CaseSummary {
  const procedure = summary.definition
  const mine = context.session.user?.organisation?.id
  const due = summary.outcome === null ? summary.due : null
  const dueOn = due === null ? null : civilDateOf(new Date(due.dueAt))
  const state = procedure.states.find((each) => each.key === summary.state)
  return {
    id: summary.id,
    number: summary.number,
    procedure: { key: procedure.key, title: procedure.title },
    ...subjectOf(context.names, summary),
    applicant: applicantOf(context, summary, procedure),
    state: stateOf(procedure, summary.state),
    outcome: summary.outcome,
    waitsForMe:
      (mine !== undefined && summary.waitingOrganisationIds.includes(mine)) ||
      (mine === undefined &&
        (state?.waitsFor ?? []).some((role) => summary.parties[role]?.userId === context.session.user?.id)),
    inPlaceOf: standsInAt(context, summary, procedure, state?.waitsFor ?? []),
    version: summary.version,
    due:
      due === null || dueOn === null
        ? null
        : {
            clock: due.clock,
            kind: due.kind,
            dueOn,
            workingDaysLeft: workingDaysLeft(context.calendar, dueOn, civilDateOf(context.now)),
            overdue: summary.overdue || due.dueAt < context.now.toISOString(),
          },
    openedAt: summary.openedAt,
    updatedAt: summary.updatedAt,
  }
}

/** A case as its viewer sees it: where it stands, by when, what may be done, and what has been. */
export function presentCase(context: ViewContext, view: CaseView): Case {
  const { state, procedure } = view
  const { rulebook, calendar, names, now } = context
  const roleText = (role: string): Text => procedure.roles[role]?.title ?? { zh: role, en: role }
  const ownerOf = (role: string) => ({
    role: roleText(role),
    organisation: summaryOf(names, state.parties[role]?.organisationId),
  })
  const current = procedure.states.find((each) => each.key === state.state)
  const clocks = state.clocks.map((clock) => presentClock(calendar, clock, ownerOf(clock.owner), now))
  const due = clocks
    .filter((clock) => clock.running && clock.dueOn !== null)
    .sort((a, b) => a.dueOn!.localeCompare(b.dueOn!))[0]
  const provider = summaryOf(names, partyOf(state, procedure, 'provider').organisationId)
  return {
    id: state.id,
    number: state.number,
    procedure: { key: procedure.key, title: procedure.title },
    rulebook: { id: state.rulebookId, version: state.rulebookVersion },
    ...subjectOf(names, state),
    applicant: applicantOf(context, state, procedure),
    provider,
    decider: summaryOf(names, state.parties[procedure.decider]?.organisationId),
    state: stateOf(procedure, state.state),
    outcome: state.outcome,
    waitsForMe: (current?.waitsFor ?? []).some((role) => view.roles.includes(role)),
    inPlaceOf: standsInAt(context, state, procedure, current?.waitsFor ?? []),
    waitsFor: (current?.waitsFor ?? []).map(ownerOf),
    due: due
      ? {
          clock: due.key,
          kind: due.kind,
          dueOn: due.dueOn!,
          workingDaysLeft: due.workingDaysLeft!,
          overdue: due.overdue,
        }
      : null,
    openedAt: state.openedAt,
    updatedAt: state.events.at(-1)?.at ?? state.openedAt,
    version: state.version,
    clocks,
    acts: view.allowed.flatMap((allowed) => {
      const act = procedure.acts.find((each) => each.key === allowed.act)
      const bindings =
        act?.by.filter((role) => view.roles.includes(role)).map((role) => procedure.roles[role]!) ?? []
      if (act === undefined || !bindings.some((binding) => hasPowerFor(context.session, binding))) return []
      const { blocked } = allowed
      return [
        {
          ...presentAct(rulebook, act),
          blocked: blocked
            ? {
                code: blocked.code,
                article: blocked.article ?? null,
                condition: blocked.condition,
                remedy: blocked.remedy,
              }
            : null,
          warnings: [...allowed.warnings],
        },
      ]
    }),
    opening: presentContent(
      procedure.acts.find((act) => act.from.length === 0),
      state.opening,
      names,
    ),
    events: state.events.map((event) => {
      const act = procedure.acts.find((each) => each.key === event.act)
      return {
        sequence: event.sequence,
        at: event.at,
        act: event.act,
        title: act?.title ?? clockEventTitles[event.act] ?? { zh: event.act, en: event.act },
        actor:
          event.actor === null
            ? null
            : {
                name: event.actor.name,
                inPlaceOf: event.actor.inPlaceOf?.name ?? null,
                role: event.role === null ? null : roleText(event.role),
                organisation: summaryOf(names, event.actor.organisationId),
              },
        content: presentContent(act, event.content, names),
        article: act?.article ?? null,
        state: event.to,
        warnings: [...event.warnings],
        recordId: names.recordId(state.id, event.sequence),
      }
    }),
    grantId: names.grantId(state.id),
  }
}

/** What the house does by itself: clocks that pass, and parties that are replaced. */
export const clockEventTitles: Readonly<Record<string, Text>> = {
  lapsed: { zh: '期限届满，办件自动转入下一环节', en: 'The period has ended: the case goes on by itself' },
  overdue: { zh: '时限已过，标记为逾期', en: 'The date has passed: marked overdue' },
  'party-succeeded': {
    zh: '单位撤销，由承继单位接替',
    en: 'A body was dissolved and another takes its place',
  },
  'provider-replaced': { zh: '数据提供单位已变更', en: 'Another body has become the provider' },
  recomputed: { zh: '节假日安排公布，时限重新计算', en: 'Holidays announced: dates counted anew' },
}
