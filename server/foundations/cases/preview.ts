import type { Refusal, Verdict } from '@tiaoli/kernel/decisions'
import { civilDateOf } from '@tiaoli/kernel/instants'
import { dueDate, type WorkingCalendar } from '@tiaoli/kernel/working-days'
import { articleOf, type ClockRule, type Rulebook } from '../rulebook/index.ts'
import type { Actor, CaseParties, CasePreview } from './cases.types.ts'
import { startClock } from './clocks.ts'
import { conditionsOf } from './conditions.ts'
import type { ProcedureEdition } from './edition.ts'
import { type CaseHeader, unopened } from './fold.ts'
import { openingActOf } from './procedure.ts'

export type PreviewRequest = {
  readonly edition: ProcedureEdition
  readonly rulebook: Rulebook
  readonly calendar: WorkingCalendar
  readonly at: Date
  readonly opener: Actor
  readonly parties: Verdict<CaseParties>
  /** As the case would be headed if it were opened now. */
  readonly header: CaseHeader
}

/** What a request would meet if it were filed at `at`: who decides, by when, on what content, under which articles. */
export function previewOf(request: PreviewRequest): CasePreview {
  const { edition, rulebook, parties } = request
  const { procedure } = edition
  const opening = openingActOf(procedure)
  const decider = procedure.decider
  return {
    procedure,
    rulebookId: edition.rulebookId,
    rulebookVersion: edition.rulebookVersion,
    opening,
    content: opening.content,
    parties: parties.ok ? parties.value : {},
    decider: {
      role: decider,
      title: procedure.roles[decider]!.title,
      organisationId: parties.ok ? (parties.value[decider]?.organisationId ?? null) : null,
    },
    clocks: procedure.clocks.map((rule) =>
      clockIn(request, rule, opening.starts?.includes(rule.key) ?? false),
    ),
    articles: procedure.articles.flatMap((id) => articleOf(rulebook, id) ?? []),
    refusal: refusalOf(request),
  }
}

function refusalOf({ edition, parties, header, opener, at, calendar }: PreviewRequest): Refusal | undefined {
  if (!parties.ok) return parties.refusal
  const situation = { edition, state: unopened(header), actor: opener, now: at, calendar }
  return conditionsOf(situation, openingActOf(edition.procedure)).refusal
}

function clockIn(
  { at, calendar, edition }: PreviewRequest,
  rule: ClockRule,
  startsOnFiling: boolean,
): CasePreview['clocks'][number] {
  const change = startsOnFiling ? startClock(rule, at, calendar, edition.inForceOn) : undefined
  const counted =
    change?.workingDays == null ? undefined : dueDate(calendar, civilDateOf(at), change.workingDays)
  return {
    clock: rule.key,
    title: rule.title,
    kind: rule.kind,
    article: rule.article,
    instrument: rule.instrument,
    owner: rule.owner,
    workingDays: rule.workingDays,
    startsOnFiling,
    dueOn: counted?.dueOn ?? null,
    provisional: counted?.provisional ?? false,
    days: counted?.days ?? [],
  }
}
