import { type ArticleId, granted, type Refusal, refused, type Verdict } from '@tiaoli/kernel/decisions'
import { type Text, text } from '@tiaoli/kernel/text'
import {
  type AccessType,
  type Procedure,
  procedureOf,
  type Rulebook,
} from '../../foundations/rulebook/index.ts'
import { cataloguingProcedure, type EntryContent } from './catalogue.model.ts'
import { formatFault, openingLimitFaults } from './opening.rules.ts'

type Axis = 'sharing' | 'opening'

const axisName: Record<Axis, Text> = {
  sharing: text('共享类型', 'sharing type'),
  opening: text('开放类型', 'opening type'),
}

export const typesOf = (rulebook: Rulebook, axis: Axis): readonly AccessType[] =>
  axis === 'sharing' ? rulebook.catalogue.sharingTypes : rulebook.catalogue.openingTypes

export const typeOf = (rulebook: Rulebook, axis: Axis, key: string): AccessType | undefined =>
  typesOf(rulebook, axis).find((type) => type.key === key)

const cataloguingOf = (rulebook: Rulebook): Procedure => procedureOf(rulebook, cataloguingProcedure)!

/** The state in which an entry begins, and stays until its provider hands it to somebody. */
export const firstState = (rulebook: Rulebook): string =>
  cataloguingOf(rulebook).acts.find((act) => act.from.length === 0)!.to!

/** Still with its provider alone: nobody else has seen it. */
export const isDrafted = (rulebook: Rulebook, state: string): boolean => state === firstState(rulebook)

/** States in which an entry waits for somebody other than its provider. */
export const statesToCheck = (rulebook: Rulebook): string[] => {
  const { roles, states } = cataloguingOf(rulebook)
  return states
    .filter((state) => state.waitsFor.some((role) => roles[role]?.from !== 'provider'))
    .map((state) => state.key)
}

/**
 * With what a new entry starts on each axis: no type where nothing is to be preselected, the text's own principle
 * where it has one, else the strictest type.
 */
export function defaultType(rulebook: Rulebook, axis: Axis): string {
  if (rulebook.catalogue.untyped?.[axis] !== undefined) return ''
  const types = typesOf(rulebook, axis)
  const stated = axis === 'sharing' ? rulebook.catalogue.defaultSharingType?.key : undefined
  return stated ?? (types.find((type) => type.effect === 'closed') ?? types[0]!).key
}

/**
 * What can be refused as soon as it is written down: types that the regulation does not know, a basis of a rank
 * that it does not accept, and data that were received from another body and may not be passed on.
 *
 * @article CQ-24.3 TJ-15.1-b TJ-16.2-a CQ-25.3-c TJ-18.1-b
 */
export function checkDraft(rulebook: Rulebook, content: EntryContent): Verdict<EntryContent> {
  if (content.sourceGrantId !== null)
    return refused({
      code: 'received-data',
      article: rulebook.use.noOnwardSupply.article,
      condition: rulebook.use.noOnwardSupply.condition,
      remedy: text(
        '请由原提供单位登记该数据；本单位只可在许可范围内使用。',
        'The body that provides the data registers them; yours may use them within its grant.',
      ),
      paths: ['sourceGrantId'],
    })
  if (content.part !== '' && !rulebook.catalogue.parts.some((part) => part.key === content.part))
    return refused(
      notAmong(
        'part',
        text('目录类别', 'part of the catalogue'),
        rulebook.catalogue.parts.map((part) => part.term),
      ),
    )
  for (const axis of ['sharing', 'opening'] as const) {
    if (content[axis].type === '' && rulebook.catalogue.untyped?.[axis] !== undefined) continue
    const type = typeOf(rulebook, axis, content[axis].type)
    if (type === undefined)
      return refused(
        notAmong(
          `${axis}.type`,
          axisName[axis],
          typesOf(rulebook, axis).map((each) => each.term),
          rulebook.catalogue.onlyTypes?.[axis]?.article ?? typesOf(rulebook, axis)[0]?.article,
        ),
      )
    const basis = content[axis].basis
    const accepted = type.demands.basis
    if (basis !== null && accepted !== undefined && !accepted.ranks.includes(basis.rank))
      return refused(rankRefusal(rulebook, axis, accepted.article, accepted.ranks))
  }
  const double = firstDouble(content.fields.map((field) => field.name))
  if (double !== undefined)
    return refused({
      code: 'double-field',
      condition: text(`信息项名称重复：${double}`, `Two fields have the name ${double}`),
      remedy: text('请为每个信息项起不同的名称', 'Give every field a name of its own'),
      paths: ['fields'],
    })
  const inexactKey = content.fields.find((field) => field.key && inexact.has(field.type))
  if (inexactKey !== undefined)
    return refused({
      code: 'inexact-key',
      condition: text(
        `信息项“${inexactKey.name}”的类型不能作主键`,
        `The field “${inexactKey.name}” is of a type that cannot be a key`,
      ),
      remedy: text('请改用代码、编号等信息项作主键', 'Let a code or a number of the register be the key'),
      paths: ['fields'],
    })
  return granted(content)
}

/** Who assessed the data, and when: set anew with every change of the assessment. @article CQ-24.2-a */
export function assessed(
  content: EntryContent,
  before: EntryContent | undefined,
  by: string,
  at: Date,
): EntryContent {
  if (content.assessment === null) return { ...content, assessed: null }
  const { contains, personalInformation, conclusion } = content.assessment
  const known = before?.assessment
  const same =
    known?.contains === contains &&
    known.personalInformation === personalInformation &&
    known.conclusion === conclusion
  return { ...content, assessed: same ? (before?.assessed ?? null) : { by, at: at.toISOString() } }
}

/**
 * What must be there before an entry may leave its provider's hands: all faults at once.
 *
 * @article CQ-22.1-b CQ-24 TJ-10.3-a TJ-16.2-a
 */
export function faultsBeforeSubmission(
  rulebook: Rulebook,
  content: EntryContent,
): { path: string; message: Text; article?: ArticleId }[] {
  const faults: { path: string; message: Text; article?: ArticleId }[] = []
  for (const item of rulebook.catalogue.requiredContent)
    if (!isFilled(content, item.key))
      faults.push({
        path: item.key,
        message: text(`缺少${item.term.zh}`, `Missing: ${item.term.en}`),
        article: item.article,
      })
  if (content.fields.length === 0)
    faults.push({ path: 'fields', message: text('至少登记一个信息项', 'Register at least one field') })
  faults.push(...openingLimitFaults(rulebook, content))
  for (const axis of ['sharing', 'opening'] as const) {
    const type = typeOf(rulebook, axis, content[axis].type)
    if (type === undefined) continue
    const { conditions, basis, reasons } = type.demands
    if (reasons !== undefined && !content[axis].reasons)
      faults.push({
        path: `${axis}.reasons`,
        message: text(`${type.term.zh}须说明理由`, `${type.term.en}: state the reasons`),
        article: reasons.article,
      })
    if (conditions !== undefined && content[axis].conditions === '')
      faults.push({
        path: `${axis}.conditions`,
        message: text(`${type.term.zh}须写明条件`, `${type.term.en}: state the conditions`),
        article: conditions.article,
      })
    if (basis !== undefined && content[axis].basis === null)
      faults.push({
        path: `${axis}.basis`,
        message: text(
          `${type.term.zh}须有依据（${rankTerms(rulebook, basis.ranks).zh}）`,
          `${type.term.en} needs a basis (${rankTerms(rulebook, basis.ranks).en})`,
        ),
        article: basis.article,
      })
  }
  const format = formatFault(rulebook, content)
  if (format !== undefined) faults.push(format)
  return faults
}

/** Names that rulebooks give to parts of an entry, where the entry itself has them deeper down. */
const places: Readonly<Record<string, string>> = {
  sharingType: 'sharing.type',
  openingType: 'opening.type',
  sharingConditions: 'sharing.conditions',
  openingConditions: 'opening.conditions',
  assessment: 'assessment.conclusion',
}

/** Whether an entry states the property that rulebooks and specifications know by this key. */
export function isFilled(content: EntryContent, key: string): boolean {
  if (key.startsWith('extra.')) {
    const name = key.slice('extra.'.length)
    return Object.hasOwn(content.extra, name) && content.extra[name] !== ''
  }
  const value = (places[key] ?? key)
    .split('.')
    .reduce<unknown>((part, name) => (part as Record<string, unknown> | null)?.[name], content)
  return (
    value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
  )
}

function rankTerms(rulebook: Rulebook, ranks: readonly string[]): Text {
  const terms = ranks.map(
    (rank) => rulebook.catalogue.basisRanks.find((each) => each.key === rank)?.term ?? text(rank, rank),
  )
  return { zh: terms.map((term) => term.zh).join('、'), en: terms.map((term) => term.en).join(', ') }
}

function rankRefusal(rulebook: Rulebook, axis: Axis, article: ArticleId, ranks: readonly string[]): Refusal {
  const terms = rankTerms(rulebook, ranks)
  return {
    code: 'basis-rank',
    article,
    condition: text(
      `所引依据的层级不够，须为${terms.zh}`,
      `The basis cited is not of an accepted rank: ${terms.en}`,
    ),
    remedy: text(
      '请改引符合层级的依据及其条款，或者改选不要求依据的类型。',
      'Cite an instrument of an accepted rank with its article, or choose a type that needs no basis.',
    ),
    paths: [`${axis}.basis.rank`],
  }
}

function notAmong(path: string, name: Text, terms: readonly Text[], article?: ArticleId): Refusal {
  return {
    code: 'not-among',
    ...(article === undefined ? {} : { article }),
    condition: text(
      `${name.zh}只能是：${terms.map((term) => term.zh).join('、')}`,
      `The ${name.en} is one of: ${terms.map((term) => term.en).join(', ')}`,
    ),
    remedy: text('请从中选择一项', 'Choose one of them'),
    paths: [path],
  }
}

/** Names that differ in nothing but capitals are one name to every table. */
function firstDouble(names: readonly string[]): string | undefined {
  const seen = new Set<string>()
  return names.find((name) => seen.size === seen.add(name.toLowerCase()).size)
}

/** Types of which equal values may be written differently: no row can be found by them. */
const inexact: ReadonlySet<string> = new Set(['decimal', 'longitude', 'latitude', 'geometry'])
