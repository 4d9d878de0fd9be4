import { officialCalendar } from '../rulebook/index.ts'
import type { ActHappened, Actor, Cases, CasesDeps } from './cases.types.ts'
import { createCases } from './index.ts'

/** Organisations and persons that tests share; ids are their names. */
export const people = {
  /** An officer of the department that asks. */
  applicant: { userId: 'li', organisationId: 'civil-affairs', name: '李明' },
  provider: { userId: 'wang', organisationId: 'human-resources', name: '王芳' },
  authority: { userId: 'zhao', organisationId: 'data-authority', name: '赵强' },
  secondOfficer: { userId: 'qian', organisationId: 'data-authority', name: '钱进' },
  citizen: { userId: 'sun', organisationId: null, name: '孙丽' },
  stranger: { userId: 'zhou', organisationId: 'tourism', name: '周平' },
} satisfies Record<string, Actor>

export const entryOfHumanResources = {
  providerId: 'human-resources',
  fieldNames: ['姓名', '身份号码', '缴费月份'],
}

const departments = ['civil-affairs', 'human-resources', 'tourism']

export const holders: Readonly<Record<string, readonly string[]>> = {
  'authority-municipal': ['data-authority'],
  department: departments,
  'government-department': departments,
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
    entryFacts: async (entryId) => (entryId === 'entry-1' ? entryOfHumanResources : undefined),
    ...deps,
  })
  return { cases, told }
}
