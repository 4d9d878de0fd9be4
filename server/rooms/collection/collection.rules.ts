import type { PlanFinding, planDraftSchema } from '@tiaoli/contract/collection'
import { text } from '@tiaoli/kernel/text'
import type { z } from 'zod'
import type { CollectionRules, Rulebook } from '../../foundations/rulebook/index.ts'
import { type Entry, type EntryContent, type EntryFault, typeOf } from '../catalogue/index.ts'
import { compatible, folded, namesOf } from './elements.ts'

export type PlanContent = z.output<typeof planDraftSchema>
export type Finding = Omit<PlanFinding, 'offer'> & {
  /** The entry through which the field can be had, with its own name there. */
  readonly source: { readonly entry: Entry; readonly field: string } | null
}

/** What the check has to know besides the plan: entries with such fields, and where the body was refused. */
export type PlanFacts = {
  readonly candidates: readonly Entry[]
  readonly refusedEntryIds: ReadonlySet<string>
  /** The entry that the plan names, where it exists. */
  readonly named: Entry | undefined
  readonly organisationId: string
}

/**
 * Everything that stands for or against a plan. What can be had by sharing must not be collected again, unless an
 * exception of the city's text is on record.
 *
 * @article CQ-11.1(1) CQ-11.1(2) CQ-11.1(3) TJ-11.1-a TJ-19.2-a TJ-19.2-b SZ-11.3 XM-19.1 XM-19.2
 */
export function checkPlan(
  rulebook: Rulebook,
  rules: CollectionRules,
  plan: PlanContent,
  facts: PlanFacts,
): Finding[] {
  return [
    ...checkNecessity(rules, plan),
    ...checkProcedure(rules, plan),
    ...checkCatalogue(rules, plan, facts),
    ...checkIdentifier(rules, plan),
    ...plan.fields.flatMap((field) => checkRepeat(rulebook, rules, plan, field, facts)),
  ]
}

const finding = (
  field: string,
  kind: Finding['kind'],
  rule: { article: string; condition: Finding['condition']; remedy: Finding['remedy'] },
  more: Partial<Finding> = {},
): Finding => ({
  field,
  kind,
  article: rule.article,
  condition: rule.condition,
  remedy: rule.remedy,
  blocking: true,
  source: null,
  ...more,
})

function checkNecessity({ necessity }: CollectionRules, plan: PlanContent): Finding[] {
  if (necessity === undefined) return []
  const bound = plan.fields.filter(
    ({ sensitivity }) => necessity.of === 'all' || sensitivity === 'personal' || sensitivity === 'sensitive',
  )
  return [
    ...(plan.purpose === '' || (necessity.of === 'all' && plan.kind === '')
      ? [finding('', 'purpose', necessity)]
      : []),
    ...bound.filter(({ reason }) => reason === '').map(({ name }) => finding(name, 'reason', necessity)),
  ]
}

/** Where laws or regulations set a collection procedure it is cited; a plan on persons always has one. */
function checkProcedure({ procedure }: CollectionRules, plan: PlanContent): Finding[] {
  if (procedure === undefined || plan.procedureBasis !== null) return []
  const personal = plan.fields.some(
    ({ sensitivity }) => sensitivity === 'personal' || sensitivity === 'sensitive',
  )
  return personal
    ? [
        finding('', 'procedure', {
          article: procedure.article,
          condition: text(`未写明${procedure.term.zh}`, `Not stated: ${procedure.term.en}`),
          remedy: text(
            '请写明规定收集程序的依据和条款。',
            'Cite the provision that sets how it is collected.',
          ),
        }),
      ]
    : []
}

function checkCatalogue({ byCatalogue }: CollectionRules, plan: PlanContent, facts: PlanFacts): Finding[] {
  if (byCatalogue === undefined) return []
  const own = facts.named?.published === true && facts.named.providerId === facts.organisationId
  if (!own) return [finding('', 'catalogue', byCatalogue)]
  const listed = new Set(facts.named!.content.fields.flatMap(({ name }) => namesOf(name)))
  return plan.fields
    .filter(({ name }) => !listed.has(folded(name)))
    .map(({ name }) => finding(name, 'catalogue', byCatalogue))
}

function checkIdentifier({ identifiers }: CollectionRules, plan: PlanContent): Finding[] {
  const subject = identifiers?.subjects.find(({ key }) => key === plan.subjectType)
  if (identifiers === undefined || subject === undefined) return []
  return plan.fields.some(({ type }) => subject.types.includes(type))
    ? []
    : [finding('', 'identifier', identifierRule(identifiers, subject))]
}

type Identifiers = NonNullable<CollectionRules['identifiers']>

const identifierRule = (identifiers: Identifiers, subject: Identifiers['subjects'][number]) => ({
  article: identifiers.article,
  condition: text(
    `${subject.term.zh}数据缺少${subject.identifier.zh}`,
    `Data on ${subject.term.en} lack the ${subject.identifier.en}`,
  ),
  remedy: identifiers.remedy,
})

/** Obtainable: shared freely, or on a request that was not refused to this body. What is closed is not obtainable. */
function obtainable(rulebook: Rulebook, rules: CollectionRules, entry: Entry, facts: PlanFacts): boolean {
  const effect = typeOf(rulebook, 'sharing', entry.content.sharing.type)?.effect
  if (effect === 'free') return true
  const refused = rules.noRepeat?.refusedRequest === true && facts.refusedEntryIds.has(entry.id)
  return effect === 'by-request' && !refused
}

/** The first entry of another body in which the same thing about the same kind of subject can be had. */
export function sourceOf(
  rulebook: Rulebook,
  rules: CollectionRules,
  wanted: { name: string; type: PlanContent['fields'][number]['type'] },
  subjectType: string | null,
  facts: PlanFacts,
): { entry: Entry; field: string } | undefined {
  const names = new Set(namesOf(wanted.name))
  for (const entry of facts.candidates) {
    if (entry.providerId === facts.organisationId || !obtainable(rulebook, rules, entry, facts)) continue
    const subject = entry.content.subjectType
    if (subject !== null && subjectType !== null && subject !== subjectType) continue
    const field = entry.content.fields.find(
      ({ name, type }) => names.has(folded(name)) && compatible(type, wanted.type),
    )
    if (field !== undefined) return { entry, field: field.name }
  }
  return undefined
}

function checkRepeat(
  rulebook: Rulebook,
  rules: CollectionRules,
  plan: PlanContent,
  field: PlanContent['fields'][number],
  facts: PlanFacts,
): Finding[] {
  const { noRepeat, downward } = rules
  const rule = plan.audience === 'below' ? (downward ?? noRepeat) : noRepeat
  if (noRepeat === undefined || rule === undefined) return []
  const source = sourceOf(rulebook, rules, field, plan.subjectType, facts)
  if (source === undefined) return []
  const exception = plan.exceptions.find((each) => folded(each.field) === folded(field.name))
  if (exception === undefined) return [finding(field.name, 'repeat', rule, { source })]
  const fault = faultOfException(rulebook, noRepeat, exception)
  return fault === undefined
    ? [finding(field.name, 'repeat', rule, { source, blocking: false })]
    : [
        finding(field.name, 'repeat', rule, { source }),
        finding(field.name, 'exception', { ...rule, condition: fault }),
      ]
}

/** Why an exception that is claimed is none under this city's text; undefined where it is one. */
function faultOfException(
  rulebook: Rulebook,
  { ranks, consent }: NonNullable<CollectionRules['noRepeat']>,
  exception: PlanContent['exceptions'][number],
) {
  if (exception.ground === 'consent') {
    if (!consent) return text('本市条例不以同意为例外', 'Consent is no exception under this regulation')
    return exception.consent === ''
      ? text('未写明同意的取得和留存方式', 'How consent is recorded is not stated')
      : undefined
  }
  const terms = rulebook.catalogue.basisRanks.filter(({ key }) => ranks.includes(key))
  if (ranks.length === 0) return text('本市条例没有此项例外', 'The regulation makes no such exception')
  return exception.basis !== null && ranks.includes(exception.basis.rank)
    ? undefined
    : text(
        `例外须有${terms.map(({ term }) => term.zh).join('、')}的具体条款`,
        `The exception needs a provision of: ${terms.map(({ term }) => term.en).join(', ')}`,
      )
}

/**
 * An entry says on whom or what its data are, and carries the identifier of that kind.
 *
 * @article CQ-11.1(3)
 */
export function identifierFaults({ identifiers }: CollectionRules, content: EntryContent): EntryFault[] {
  if (identifiers === undefined) return []
  if (content.subjectType === null)
    return [
      {
        path: 'subjectType',
        article: identifiers.article,
        message: text('未写明数据主体', 'The subject of the data is not stated'),
      },
    ]
  const subject = identifiers.subjects.find(({ key }) => key === content.subjectType)
  if (subject === undefined || content.fields.some(({ type }) => subject.types.includes(type))) return []
  const { article, condition } = identifierRule(identifiers, subject)
  return [{ path: 'fields', article, message: condition }]
}
