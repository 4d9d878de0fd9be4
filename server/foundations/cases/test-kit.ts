import type { Verdict } from '@tiaoli/kernel/decisions'
import type { WorkingCalendar } from '@tiaoli/kernel/working-days'
import { officialCalendar, procedureOf, type Rulebook } from '../rulebook/index.ts'
import { allowedActs } from './allowed.ts'
import type {
  ActContent,
  ActHappened,
  Actor,
  AllowedAct,
  CaseEvent,
  CaseState,
  Cases,
  CasesDeps,
} from './cases.types.ts'
import { decideAct } from './decide.ts'
import { editionOf } from './edition.ts'
import { applyEvent, termsOf, unopened } from './fold.ts'
import { createCases } from './index.ts'
import { fillRoles } from './parties.ts'
import { openingActOf } from './procedure.ts'

/** Organisations and persons that tests share; ids say what they are. */
export const people = {
  /** An officer of the department that asks. */
  applicant: { userId: 'applicant-officer', organisationId: 'civil-affairs', name: '示例申请人' },
  provider: { userId: 'provider-officer', organisationId: 'human-resources', name: '示例提供人' },
  authority: { userId: 'first-officer', organisationId: 'data-authority', name: '示例经办甲' },
  secondOfficer: { userId: 'second-officer', organisationId: 'data-authority', name: '示例经办乙' },
  /** Of the bodies that only some regulations know. */
  agency: { userId: 'agency-officer', organisationId: 'agency', name: '示例机构经办' },
  government: { userId: 'government-officer', organisationId: 'government', name: '示例政府经办' },
  citizen: { userId: 'citizen', organisationId: null, name: '示例市民' },
  stranger: { userId: 'stranger', organisationId: 'tourism', name: '示例外人' },
} satisfies Record<string, Actor>

export const entryOfHumanResources = {
  providerId: 'human-resources',
  published: true,
  fieldNames: ['姓名', '身份号码', '缴费月份'],
  fits: () => true,
  typeOf: () => 'text',
}

const departments = ['civil-affairs', 'human-resources', 'tourism']

export const holders: Readonly<Record<string, readonly string[]>> = {
  'authority-municipal': ['data-authority'],
  department: departments,
  'government-department': departments,
  'management-agency': ['agency'],
  'government-municipal': ['government'],
  // Roles that follow the level: all of these stand at one.
  'authority-own-level': ['data-authority'],
  'government-own-level': ['government'],
}

/** A clock that stands where the test puts it. */
export type SetClock = { now(): Date; set(at: string): void }

export function clockAt(at: string): SetClock {
  let now = new Date(at)
  return {
    now: () => now,
    set: (next) => {
      now = new Date(next)
    },
  }
}

/** Cases over a database with the people above, one entry, and a record of what the rooms were told. */
export function casesOver(deps: Pick<CasesDeps, 'database' | 'rulebook' | 'clock'> & Partial<CasesDeps>): {
  readonly cases: Cases
  readonly told: ActHappened[]
} {
  const told: ActHappened[] = []
  const cases = createCases({
    calendar: officialCalendar(),
    onAct: async (happened) => void told.push(happened),
    organisationsWithRole: async (role) => holders[role] ?? [],
    isOrganisation: (id) => departments.includes(id),
    entryFacts: async (entryId) => (entryId === 'entry-1' ? entryOfHumanResources : undefined),
    ...deps,
  })
  return { cases, told }
}

/** A case without a database: the pure engine, moved by hand. */
export type PureCase = {
  state: CaseState
  /** Does the act at that moment; the state moves only where the act is lawful. */
  act(act: string, actor: Actor, at: string, content?: ActContent): Verdict<readonly CaseEvent[]>
  allowed(actor: Actor, at: string): readonly AllowedAct[]
  terms(): ActContent
}

export function openPureCase(
  rulebook: Rulebook,
  procedureKey: string,
  opener: Actor,
  at: string,
  content: ActContent,
  calendar: WorkingCalendar = officialCalendar(),
): PureCase {
  const procedure = procedureOf(rulebook, procedureKey)!
  const edition = editionOf(rulebook, procedure)
  const parties = fillRoles(procedure, opener, entryOfHumanResources, new Map(Object.entries(holders)))
  if (!parties.ok) throw new Error(parties.refusal.code)
  const one: PureCase = {
    state: unopened({
      id: 'case-1',
      number: 'number-1',
      procedure: procedureKey,
      rulebookId: rulebook.id,
      rulebookVersion: rulebook.version,
      entryId: 'entry-1',
      subject: null,
      parties: parties.value,
      openedAt: new Date(at).toISOString(),
    }),
    act(act, actor, at, content = {}) {
      const situation = { edition, state: one.state, actor, now: new Date(at), calendar }
      const verdict = decideAct(
        situation,
        { act, content, version: one.state.version },
        {
          ...entryOfHumanResources,
          isOrganisation: (id) => departments.includes(id),
          providers: new Map([['entry-1', 'human-resources']]),
        },
      )
      if (verdict.ok)
        one.state = verdict.value.reduce((state, event) => applyEvent(procedure, state, event), one.state)
      return verdict
    },
    allowed: (actor, at) => allowedActs({ edition, state: one.state, actor, now: new Date(at), calendar }),
    terms: () => termsOf(procedure, one.state),
  }
  const opened = one.act(openingActOf(procedure).key, opener, at, content)
  if (!opened.ok) throw new Error(JSON.stringify(opened.refusal))
  return one
}
