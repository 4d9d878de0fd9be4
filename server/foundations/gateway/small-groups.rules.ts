import type { ArticleId, Refusal } from '@tiaoli/kernel/decisions'
import { type Text, text } from '@tiaoli/kernel/text'
import type { AggregateQuery, SizedGroup } from '../lake/lake.types.ts'

/** The least group of which an aggregate is given; without an article it is a rule of the platform (非法定). */
export type LeastGroup = { readonly rows: number; readonly article: ArticleId | undefined }

/** Groups that one answer may have, and different answers that one holder may have of one snapshot. */
export const mostGroups = 500
export const mostAnswers = 40

/** Why the question itself cannot be put to guarded fields: it would show single values whatever the groups. */
export function unsafeQuestion(
  { measures, groupBy }: Pick<AggregateQuery, 'measures' | 'groupBy'>,
  least: LeastGroup,
): Refusal | undefined {
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

/**
 * Which groups are shown. Groups that are too small are not; what is not shown is together large enough, or further
 * groups, the smallest first, are held back with it. Undefined where nothing can be shown.
 */
export function shownOf(groups: readonly SizedGroup[], least: number): ReadonlySet<string> | undefined {
  const bySize = [...groups].sort((a, b) => a.size - b.size)
  let held = 0
  let first = 0
  while (first < bySize.length && (bySize[first]!.size < least || (held > 0 && held < least))) {
    held += bySize[first]!.size
    first += 1
  }
  const shown = bySize.slice(first)
  return shown.length === 0 ? undefined : new Set(shown.map(({ key }) => key))
}

/**
 * Groups of an answer on another snapshot of the same question that have since grown or shrunk by a few rows: shown
 * again, the difference would tell of those few.
 */
export function changedByFew(
  groups: readonly SizedGroup[],
  before: ReadonlyMap<string, number>,
  least: number,
): ReadonlySet<string> {
  const few = groups.filter(({ key, size }) => {
    const then = before.get(key)
    return then !== undefined && then !== size && Math.abs(then - size) < least
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
      `对这一数据快照已经得到 ${mostAnswers} 种不同的汇总`,
      `You have had ${mostAnswers} different aggregates of this snapshot`,
    ),
    text('请沿用此前的汇总，或待数据更新后再查询', 'Keep to those you had, or wait for newer data'),
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
