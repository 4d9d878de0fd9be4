import type { ArticleId, Refusal } from '@tiaoli/kernel/decisions'
import { type Text, text } from '@tiaoli/kernel/text'
import type { AggregateQuery, FilterOperator, SizedGroup } from '../lake/lake.types.ts'

/** The least group of which an aggregate is given; without an article it is a rule of the platform (非法定). */
export type LeastGroup = { readonly rows: number; readonly article: ArticleId | undefined }

/** Groups that one answer may have. */
export const mostGroups = 500

/** For how long answers count, how many different ones of an entry a holder may have in that time, and how many in all: those of newer snapshots too. */
export const daysRemembered = 365
export const mostAnswers = 60
export const mostRemembered = 400

/** A refusal for a group that is too small tells something as well: so many in a day, of an entry to a holder. */
export const mostRefusals = 20

/** Why the question itself cannot be put to guarded fields: it would show single values whatever the groups. */
export function unsafeQuestion(
  { measures, groupBy, filters }: Pick<AggregateQuery, 'measures' | 'groupBy' | 'filters'>,
  least: LeastGroup,
  keyFields: readonly string[],
): Refusal | undefined {
  if (filters.some(({ field, operator }) => keyFields.includes(field) && naming.has(operator)))
    return notSafe(
      least,
      text('按主键的值筛选会指到个别的行', 'A filter by values of the key points at single rows'),
      text('请改用其他信息项筛选', 'Filter by other fields'),
    )
  if (measures.some(({ operation }) => operation === 'min' || operation === 'max'))
    return notSafe(
      least,
      text('最小值和最大值是个别行的值', 'Least and greatest are values of single rows'),
      text('请改用计数、合计或者平均', 'Ask for counts, sums or means'),
    )
  if (groupBy.some(({ grain, binWidth }) => grain === 'bin' && binWidth === undefined))
    return notSafe(
      least,
      text('自动分档会透露数值的范围', 'Bins of a width of our choosing tell the range of the values'),
      text('请写明档距', 'State the width of the bins'),
    )
  return undefined
}

/** Filters that name values, or parts of them, and so take single rows in or leave them out. */
const naming: ReadonlySet<FilterOperator> = new Set(['eq', 'ne', 'in', 'prefix', 'contains'])

/**
 * Which groups are shown. Groups that are too small are not; what is not shown is together large enough, or further
 * groups, the smallest first, are held back with it. Undefined where nothing can be shown.
 */
export function shownOf(groups: readonly SizedGroup[], least: number): ReadonlySet<string> | undefined {
  const bySize = groups
    .map((group) => ({ key: group.key, size: told(group) }))
    .sort((a, b) => a.size - b.size)
  let held = 0
  let first = 0
  while (first < bySize.length && (bySize[first]!.size < least || (first > 0 && held < least))) {
    held += bySize[first]!.size
    first += 1
  }
  const shown = bySize.slice(first)
  return shown.length === 0 ? undefined : new Set(shown.map(({ key }) => key))
}

/** Over how many rows a figure of the group is: a sum is over those alone that have a value. */
const told = ({ size, values }: SizedGroup): number => Math.min(size, ...Object.values(values))

/**
 * Groups of an answer on another snapshot of the same question that have since grown or shrunk by a few rows, or by a
 * few values of a field that is measured: shown again, the difference would tell of those few.
 */
export function changedByFew(
  groups: readonly SizedGroup[],
  before: {
    readonly shown: readonly string[]
    readonly sizes: readonly number[]
    readonly values?: Readonly<Record<string, readonly number[]>>
  },
  least: number,
): ReadonlySet<string> {
  const isFew = (then: number | undefined, now: number) =>
    then !== undefined && then !== now && Math.abs(then - now) < least
  const places = new Map(before.shown.map((key, at) => [key, at]))
  const few = groups.filter(({ key, size, values }) => {
    const at = places.get(key)
    if (at === undefined) return false
    return (
      isFew(before.sizes[at], size) ||
      Object.entries(values).some(([field, now]) => isFew(before.values?.[field]?.[at], now))
    )
  })
  return new Set(few.map(({ key }) => key))
}

export const tooSmall = (least: LeastGroup): Refusal => ({
  code: 'group-too-small',
  ...(least.article && { article: least.article }),
  condition: text(
    `这次汇总会显出少于 ${least.rows} 行的分组，或者与此前得到的汇总相减可以得出这样的分组${nature(least).zh}。`,
    `This aggregate would show a group of fewer than ${least.rows} rows, or would leave one when earlier answers are taken from it${nature(least).en}.`,
  ),
  remedy: text(
    '请改用较粗的分组或较宽的筛选，或沿用此前的分组。',
    'Group more coarsely, filter less closely, or keep to the groups you had before.',
  ),
})

export const tooManyGroups = (least: LeastGroup): Refusal =>
  notSafe(
    least,
    text(`分组超过 ${mostGroups} 个`, `There are more than ${mostGroups} groups`),
    text('请改用较粗的分组', 'Group more coarsely'),
  )

export const tooManyAnswers = (least: LeastGroup): Refusal =>
  notSafe(
    least,
    text(
      `近 ${daysRemembered} 天内对该目录条目已经得到 ${mostAnswers} 种不同的汇总，或者累计 ${mostRemembered} 次`,
      `In the last ${daysRemembered} days you have had ${mostAnswers} different aggregates of this entry, or ${mostRemembered} in all`,
    ),
    text('请沿用此前的汇总', 'Keep to those you had'),
  )

export const tooManyRefusals = (least: LeastGroup): Refusal =>
  notSafe(
    least,
    text(
      `今天对该目录条目已有 ${mostRefusals} 次汇总因分组过小未予提供`,
      `Today ${mostRefusals} aggregates of this entry were refused to you for groups that are too small`,
    ),
    text('请沿用此前的汇总，或于次日再查询', 'Keep to those you had, or ask again tomorrow'),
  )

const notSafe = (least: LeastGroup, condition: Text, remedy: Text): Refusal => ({
  code: 'aggregate-not-safe',
  ...(least.article && { article: least.article }),
  condition: text(`${condition.zh}${nature(least).zh}。`, `${condition.en}${nature(least).en}.`),
  remedy: text(`${remedy.zh}。`, `${remedy.en}.`),
})

const nature = ({ article }: LeastGroup): Text =>
  article === undefined
    ? text('（平台规则，非法定）', ' (a rule of the platform, not statutory)')
    : text('', '')
