import { readLimits } from '@tiaoli/kernel/grant-limits'
import { isCivilDate } from '@tiaoli/kernel/instants'
import { readMask } from '@tiaoli/kernel/masks'
import {
  longestRowValue,
  mostRowConditions,
  type RowCondition,
  rowOperators,
} from '@tiaoli/kernel/row-filters'
import { type Text, text } from '@tiaoli/kernel/text'
import { isRowCondition } from '../lake/index.ts'
import type { Act, ContentField } from '../rulebook/index.ts'
import type { ActContent, Basis, Nameable } from './cases.types.ts'
import type { ContentFault } from './refusals.ts'

/** A bound for texts to which the procedure sets none, in characters. */
const longestText = 4_000
const longestName = 300

export type CheckedContent = { readonly content: ActContent; readonly faults: readonly ContentFault[] }

/**
 * Holds what an actor wrote against what the act demands. Gives the content as it will be recorded (white space at
 * both ends cut, empty parts left out) and every fault. White space alone counts as missing.
 */
export function checkContent(act: Act, content: ActContent, nameable: Nameable): CheckedContent {
  const faults: ContentFault[] = []
  const kept: Record<string, unknown> = {}
  for (const field of act.content) {
    const given = content[field.key]
    if (isEmpty(given)) {
      if (field.required) faults.push(missing(field))
      continue
    }
    const checked = checks[field.kind](field, given, nameable)
    faults.push(...checked.faults)
    kept[field.key] = checked.value
  }
  for (const key of Object.keys(content))
    if (!act.content.some((field) => field.key === key)) faults.push(unasked(act, key))
  return { content: kept, faults }
}

type Checked = { readonly value: unknown; readonly faults: readonly ContentFault[] }
type Check = (field: ContentField, given: unknown, nameable: Nameable) => Checked

const checks: Record<ContentField['kind'], Check> = {
  text: (field, given) => {
    if (typeof given !== 'string') return wrong(field, text('应当是文字', 'has to be a text'))
    const value = given.trim()
    const { minLength = 1, maxLength = longestText } = field
    const length = [...value].length
    if (length < minLength)
      return wrong(field, text(`不少于${minLength}个字`, `needs at least ${minLength} characters`))
    if (length > maxLength)
      return wrong(field, text(`不超过${maxLength}个字`, `may have at most ${maxLength} characters`))
    return right(value)
  },

  date: (field, given) =>
    typeof given === 'string' && isCivilDate(given)
      ? right(given)
      : wrong(field, text('应当是日期，例如2026-10-14', 'has to be a date such as 2026-10-14')),

  choice: (field, given) =>
    field.choices?.some((choice) => choice.key === given)
      ? right(given)
      : wrong(field, text('应当从所列选项中选择', 'has to be one of the choices')),

  fields: (field, given, { fieldNames }) => {
    if (!Array.isArray(given) || !given.every((name) => typeof name === 'string'))
      return wrong(field, text('应当是信息项名称的列表', 'has to be a list of names of fields'))
    const names = [...new Set(given)]
    const strangers = names.filter((name) => !fieldNames.includes(name)).map((name) => name.slice(0, 60))
    if (strangers.length === 0) return right(names)
    const shown = strangers.slice(0, 10)
    return wrong(
      field,
      text(`目录条目中没有信息项：${shown.join('、')}`, `the entry has no field: ${shown.join(', ')}`),
    )
  },

  masks: (field, given, { fieldNames, fits }) => {
    if (given === null || typeof given !== 'object' || Array.isArray(given))
      return wrong(field, text('应当按信息项写明脱敏方式', 'has to name a mask for each field'))
    const masks = Object.entries(given)
    const unfit = masks
      .filter(
        ([name, mask]) => !fieldNames.includes(name) || readMask(mask) === undefined || !fits(name, mask),
      )
      .map(([name]) => name.slice(0, 60))
      .slice(0, 10)
    return unfit.length === 0
      ? right(Object.fromEntries(masks))
      : wrong(
          field,
          text(
            `下列信息项不能这样脱敏：${unfit.join('、')}`,
            `these fields cannot be masked so: ${unfit.join(', ')}`,
          ),
        )
  },

  rows: (field, given, { typeOf }) => {
    if (!Array.isArray(given) || given.length > mostRowConditions)
      return wrong(
        field,
        text(
          `应当是不超过${mostRowConditions}项的条件`,
          `has to be a list of at most ${mostRowConditions} conditions`,
        ),
      )
    const filter = given.map((each) => rowConditionOf(each, typeOf))
    const bad = filter.flatMap((each, at) => (each === undefined ? [at + 1] : []))
    return bad.length === 0
      ? right(filter)
      : wrong(
          field,
          text(
            `第${bad.join('、')}项条件的信息项、运算或者值不正确`,
            `has a wrong field, operator or value in condition ${bad.join(', ')}`,
          ),
        )
  },

  limits: (field, given) => {
    const limits = readLimits(given)
    return limits === undefined
      ? wrong(field, text('应当是不小于1的整数', 'has to give whole numbers from 1 for requests or rows'))
      : right(limits)
  },

  organisation: (field, given, { isOrganisation }) =>
    typeof given === 'string' && isOrganisation(given)
      ? right(given)
      : wrong(field, text('应当是已登记的单位', 'has to be a registered organisation')),

  entry: (field, given, { providers }) =>
    typeof given === 'string' && providers.has(given)
      ? right(given)
      : wrong(field, text('应当是已发布的目录条目', 'has to be a published entry of the catalogue')),

  // An undertaking that is not given is none: anything but a plain yes counts as missing.
  undertaking: (field, given) =>
    given === true ? right(true) : { value: undefined, faults: [missing(field)] },

  basis: (field, given) => {
    if (given === null || typeof given !== 'object' || Array.isArray(given))
      return wrong(field, text('应当写明文件名称、效力位阶和条款', 'needs instrument, rank and article'))
    const parts = given as Partial<Record<keyof Basis, unknown>>
    const value: Basis = {
      instrument: nameIn(parts.instrument),
      rank: nameIn(parts.rank),
      article: nameIn(parts.article),
    }
    const faults = basisParts.flatMap(({ key, term }) =>
      value[key] === ''
        ? [faultOf(field, `.${key}`, text(`未写明${term.zh}`, `lacks the ${term.en}`), true)]
        : value[key].length > longestName
          ? [faultOf(field, `.${key}`, text(`${term.zh}过长`, `has too long a text for the ${term.en}`))]
          : [],
    )
    if (value.rank !== '' && !field.ranks?.includes(value.rank))
      faults.push(
        faultOf(
          field,
          '.rank',
          text('效力位阶不在可以援引的范围内', 'cites a rank that cannot be relied on here'),
        ),
      )
    return { value, faults }
  },
}

/** A condition as it is kept, with the type of its field today; undefined where it cannot be asked. */
function rowConditionOf(given: unknown, typeOf: Nameable['typeOf']): RowCondition | undefined {
  if (given === null || typeof given !== 'object') return undefined
  const { field, operator, values = [] } = given as Partial<Record<keyof RowCondition, unknown>>
  const known = rowOperators.find((each) => each === operator)
  const type = typeof field === 'string' ? typeOf(field) : undefined
  const spelt = Array.isArray(values) && values.every((value) => typeof value === 'string')
  if (known === undefined || type === undefined || !spelt) return undefined
  const trimmed = values.map((value: string) => value.trim())
  if (trimmed.some((value) => value === '' || [...value].length > longestRowValue)) return undefined
  const condition = { field: field as string, type, operator: known, values: trimmed }
  return isRowCondition(condition) ? condition : undefined
}

const basisParts: readonly { readonly key: keyof Basis; readonly term: Text }[] = [
  { key: 'instrument', term: text('文件名称', 'instrument') },
  { key: 'rank', term: text('效力位阶', 'rank') },
  { key: 'article', term: text('条款', 'article') },
]

const nameIn = (given: unknown): string => (typeof given === 'string' ? given.trim() : '')

const isEmpty = (given: unknown): boolean =>
  given === undefined ||
  given === null ||
  given === false ||
  (typeof given === 'string' && given.trim() === '') ||
  (Array.isArray(given) ? given.length === 0 : typeof given === 'object' && Object.keys(given).length === 0)

const right = (value: unknown): Checked => ({ value, faults: [] })
const wrong = (field: ContentField, what: Text): Checked => ({
  value: undefined,
  faults: [faultOf(field, '', what)],
})

const faultOf = (field: ContentField, part: string, what: Text, missing = false): ContentFault => ({
  path: field.key + part,
  missing,
  article: field.article,
  condition: text(`“${field.title.zh}”${what.zh}`, `“${field.title.en}” ${what.en}`),
})

const missing = (field: ContentField): ContentFault =>
  faultOf(
    field,
    '',
    field.kind === 'undertaking'
      ? text('尚未作出承诺', 'has not been affirmed')
      : text('尚未填写', 'has not been filled in'),
    true,
  )

const unasked = (act: Act, key: string): ContentFault => ({
  path: key,
  missing: false,
  condition: text(
    `“${act.title.zh}”不需要“${key.slice(0, 60)}”这一内容`,
    `“${act.title.en}” does not ask for “${key.slice(0, 60)}”`,
  ),
})
