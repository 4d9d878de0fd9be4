import type { AccessPlan, RequestPreview } from '@tiaoli/contract/catalogue'
import type { Refusal, Verdict } from '@tiaoli/kernel/decisions'
import type { RowFilter } from '@tiaoli/kernel/row-filters'
import type { CasePreview } from '../../foundations/cases/index.ts'
import { presentField } from '../../foundations/casework/index.ts'
import type { Plan } from '../../foundations/gateway/index.ts'
import type { Organisation } from '../../foundations/identity/index.ts'
import type { Procedure, Rulebook } from '../../foundations/rulebook/index.ts'
import { type Entry, typeOf } from '../catalogue/index.ts'

/** What the caller can have of the entry now. */
export function presentNow(
  plan: Plan,
  needsScenario: boolean,
  validUntil: string | null,
): NonNullable<AccessPlan['now']> {
  return {
    basis: plan.basis,
    article: plan.article,
    grantId: plan.grantId,
    scenario: plan.scenario,
    needsScenario,
    validUntil,
    fields: plan.fields.map(({ name, mask }) => ({ name, mask })),
    rows: shownRows(plan.rowFilter ?? []),
    limits: plan.limits ?? {},
    watermark: [...plan.watermark],
  }
}

/** A row filter as the contract has it. */
export const shownRows = (filter: RowFilter) =>
  filter.map((condition) => ({ ...condition, values: [...condition.values] }))

export const presentRefusal = (refusal: Refusal) => ({
  article: refusal.article ?? null,
  condition: refusal.condition,
  remedy: refusal.remedy,
})

/** What a request would meet, told before it is filed: who decides, the steps, the clocks if they began today, the form. */
export function presentRequest(
  rulebook: Rulebook,
  entry: Entry | null,
  procedure: Procedure,
  preview: Verdict<CasePreview>,
  findOrganisation: (id: string) => Organisation | undefined,
): RequestPreview {
  const given = preview.ok ? preview.value : undefined
  const obstacle = preview.ok ? preview.value.refusal : preview.refusal
  const titleOf = (role: string) => procedure.roles[role]?.title ?? { zh: role, en: role }
  const clocks = (given?.clocks ?? []).map((clock) => ({
    key: clock.clock,
    title: clock.title,
    kind: clock.kind,
    article: clock.article ?? null,
    instrument: clock.instrument ?? null,
    owner: titleOf(clock.owner),
    workingDays: clock.workingDays,
    dueOn: clock.dueOn,
    provisional: clock.provisional,
  }))
  const opening = procedure.acts.find((act) => act.from.length === 0)
  const decider = given?.decider.organisationId ? findOrganisation(given.decider.organisationId) : undefined
  return {
    procedure: procedure.key,
    title: procedure.title,
    requirements: entry === null ? null : requirementsOf(rulebook, entry, procedure.key),
    possible: obstacle === undefined,
    obstacle: obstacle === undefined ? null : presentRefusal(obstacle),
    decider: decider ? { id: decider.id, name: decider.name } : null,
    steps: mainPath(procedure).map((act) => ({
      title: act.title,
      by: titleOf(act.by[0]!),
      article: act.article ?? null,
      clock: clocks.find((clock) => act.stops?.includes(clock.key)) ?? null,
    })),
    clocks,
    content: (opening?.content ?? []).map((field) => presentField(rulebook, field)),
    articles: [...procedure.articles],
    fields: (entry?.content.fields ?? []).map(({ name, type, meaning, sensitivity }) => ({
      name,
      type,
      meaning,
      sensitivity,
      mask: 'none' as const,
    })),
  }
}

/** What the entry demands of whoever asks for it by the procedure. @article SZ-14.3-c */
export function requirementsOf(rulebook: Rulebook, entry: Entry, procedure: string): string | null {
  const axis = (['sharing', 'opening'] as const).find(
    (each) => typeOf(rulebook, each, entry.content[each].type)?.procedure === procedure,
  )
  return (axis && entry.content[axis].conditions) || null
}

type Act = Procedure['acts'][number]
type Way = { readonly at: string; readonly flags: Readonly<Record<string, boolean>>; readonly acts: Act[] }

/** The shortest way from filing to a grant: what happens when nothing goes wrong, what has to be on record included. */
function mainPath(procedure: Procedure): Act[] {
  const opening = procedure.acts.find((act) => act.from.length === 0)
  if (opening?.to === undefined) return []
  const ways: Way[] = [{ at: opening.to, flags: { ...opening.sets }, acts: [opening] }]
  const seen = new Set<string>()
  for (const { at, flags, acts } of ways) {
    if (procedure.states.find((state) => state.key === at)?.outcome === 'granted') return acts
    const place = JSON.stringify([at, flags])
    if (seen.has(place)) continue
    seen.add(place)
    for (const act of procedure.acts)
      if (act.from.includes(at) && (act.needs ?? []).every(({ flag, is }) => (flags[flag] ?? false) === is))
        ways.push({ at: act.to ?? at, flags: { ...flags, ...act.sets }, acts: [...acts, act] })
  }
  return [opening]
}
