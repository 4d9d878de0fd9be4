import type { CaseState } from '../foundations/cases/index.ts'
import { actorOf, caseProblem } from '../foundations/casework/index.ts'
import type { Act, Procedure } from '../foundations/rulebook/index.ts'
import type { Entry } from '../rooms/catalogue/index.ts'
import type { Members } from './accounts.ts'
import { contentOf } from './contents.ts'
import type { BodyKey } from './organisations.ts'
import { type Path, shortestPath } from './paths.ts'
import { openingRequests, type Request, sharingRequests } from './requests.ts'
import type { Scene } from './scene.ts'
import type { Step } from './timeline.ts'

/** How a case goes: one act each working day, the last one so many working days ago. */
type Plan = { readonly path: Path; readonly lastActDaysAgo: number }

const axes = { sharing: sharingRequests, opening: openingRequests }

/** A case in every state, and on every clock, of every procedure by which the rulebook lets data be asked for. */
export function requesting(scene: Scene): Step[] {
  const { house, members } = scene
  return (['sharing', 'opening'] as const).flatMap((axis) => {
    const types = house.rulebook.catalogue[`${axis}Types`]
    const keys = new Set(types.flatMap((type) => (type.effect === 'by-request' ? [type.procedure] : [])))
    const procedures = house.rulebook.procedures.filter(({ key }) => keys.has(key))
    return procedures.flatMap((procedure) => {
      const requests = axes[axis].filter((request) => mayAsk(members, procedure, request))
      return plansOf(procedure).flatMap((plan, index) =>
        stepsOf(scene, procedure, plan, requests[index % requests.length]!, index),
      )
    })
  })
}

function mayAsk(members: Members, procedure: Procedure, { applicant }: Request): boolean {
  const roles = members.named(applicant).user?.organisation?.roles ?? []
  return Object.values(procedure.roles).every(
    (binding) =>
      binding.from !== 'opener' ||
      binding.holding === undefined ||
      binding.holding.roles.some((role) => roles.includes(role)),
  )
}

/** A grant comes first, so that it is the first of the requests that is granted. */
function plansOf(procedure: Procedure): Plan[] {
  const { states, clocks, acts } = procedure
  const plan = (lastActDaysAgo: number, endsWith: (act: Act) => boolean): Plan[] => {
    const path = shortestPath(procedure, endsWith)
    return path === undefined ? [] : [{ path, lastActDaysAgo }]
  }
  const grantFirst = states.toSorted(
    (a, b) => Number(b.outcome === 'granted') - Number(a.outcome === 'granted'),
  )
  const standing = grantFirst.flatMap(({ key, outcome }, index) =>
    plan(outcome === undefined ? 1 : 6 + index, (act) => act.to === key),
  )
  const timed = clocks.flatMap(({ key, workingDays }) => {
    if (workingDays === null) return []
    const starts = (act: Act): boolean => act.starts?.includes(key) ?? false
    const dueTomorrow = plan(workingDays - 1, starts)
    const overdue = plan(workingDays + 3, starts)
    return [...dueTomorrow, ...overdue]
  })
  const extended = acts.flatMap((extension) =>
    extension.extends === undefined ? [] : plan(1, (act) => act === extension),
  )
  return [...standing, ...timed, ...extended]
}

function stepsOf(
  { house, members, past, entries }: Scene,
  procedure: Procedure,
  { path, lastActDaysAgo }: Plan,
  request: Request,
  index: number,
): Step[] {
  const { cases, rulebook } = house
  let state: CaseState | undefined
  const minute = String(10 + index).padStart(2, '0')
  return path.map((act, number) => ({
    at: past.workingDaysAgo(lastActDaysAgo + path.length - 1 - number, `${10 + number}:${minute}`),
    happen: async () => {
      const entry = entries.get(request.entry)!
      const provider = members.of(entry.providerId as BodyKey)
      const opener = members.named(request.applicant)
      const actor = actorOf(members.playing(procedure.roles[act.by[0]!]!, { provider, opener }))
      const content = contentOf(act, {
        rulebook,
        procedure,
        today: past.today,
        fields: fieldsAskedFor(entry),
        texts: { scenario: request.scenario, purpose: request.purpose },
      })
      const done =
        state === undefined
          ? await cases.open({ procedure: procedure.key, entryId: entry.id, actor, content })
          : await cases.act({ caseId: state.id, act: act.key, actor, content, version: state.version })
      if (!done.ok) throw caseProblem(done.refusal)
      state = done.value
    },
  }))
}

/** What identifies a row, and what is not sensitive: no more than a careful applicant asks for. */
const fieldsAskedFor = ({ content }: Entry): string[] =>
  content.fields.filter(({ key, sensitivity }) => key || sensitivity !== 'sensitive').map(({ name }) => name)

/** Every night of the last weeks the dates that have passed are marked, as the house does it when it runs. */
export function markingOverdue({ house, past }: Scene): Step[] {
  return Array.from({ length: 10 }, (_, day) => {
    const at = past.workingDaysAgo(day + 1, '00:05')
    return { at, happen: async () => void (await house.cases.markOverdue(at)) }
  })
}
