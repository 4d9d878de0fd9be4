import { type ArticleId, granted, type Refusal, refused, type Verdict } from '@tiaoli/kernel/decisions'
import type { CivilDate } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { AccessType, ListRules } from '../../foundations/rulebook/index.ts'
import type { Entry } from '../catalogue/index.ts'

/** A line of a list, as its entry was on the day of publication. */
export type Line = {
  readonly entryId: string
  readonly number: string
  readonly title: string
  readonly providerId: string
  readonly type: string
  readonly format: string
  readonly updateCycle: Entry['content']['updateCycle']
  readonly plannedOn: CivilDate | null
  readonly plannedType: string | null
}

export type Change = {
  readonly entryId: string
  readonly title: string
  readonly change: 'added' | 'removed' | 'retyped' | 'replanned'
  /** Keys of types, or dates; null where there is none. */
  readonly before: string | null
  readonly after: string | null
}

export const lineOf = (
  entry: Entry,
  planned: { readonly plannedOn?: string | undefined; readonly plannedType?: string | undefined } = {},
): Line => ({
  entryId: entry.id,
  number: entry.number,
  title: entry.content.title,
  providerId: entry.providerId,
  type: entry.content.opening.type,
  format: entry.content.format,
  updateCycle: entry.content.updateCycle,
  plannedOn: planned.plannedOn ?? null,
  plannedType: planned.plannedType ?? null,
})

/** What sets a new edition apart from the one before. */
export function changesBetween(before: readonly Line[], after: readonly Line[]): Change[] {
  const old = new Map(before.map((line) => [line.entryId, line]))
  const now = new Set(after.map(({ entryId }) => entryId))
  const changed = after.flatMap((line): Change[] => {
    const { entryId, title } = line
    const former = old.get(entryId)
    if (former === undefined) return [{ entryId, title, change: 'added', before: null, after: line.type }]
    if (former.type !== line.type)
      return [{ entryId, title, change: 'retyped', before: former.type, after: line.type }]
    const [was, is] = [planOf(former), planOf(line)]
    return was === is ? [] : [{ entryId, title, change: 'replanned', before: was, after: is }]
  })
  const removed = before
    .filter(({ entryId }) => !now.has(entryId))
    .map(
      ({ entryId, title, type }): Change => ({
        entryId,
        title,
        change: 'removed',
        before: type,
        after: null,
      }),
    )
  return [...changed, ...removed]
}

const planOf = ({ plannedOn, plannedType }: Line): string | null =>
  plannedOn === null ? null : `${plannedOn} ${plannedType ?? ''}`.trim()

/**
 * Whether an entry can stand on the list of an organisation: its own, published, opened in some way (or planned to
 * be), and classified where the text asks for that. What was received from others is not one's own to open.
 *
 * @article XM-28.2-a BJ-18.1-a BJ-18.1-d
 */
export function mayBeListed(
  rules: ListRules,
  ownerId: string,
  entry: Entry,
  type: AccessType | undefined,
): Verdict<Entry> {
  if (entry.providerId !== ownerId)
    return refused(
      refusal(
        rules.article,
        text(
          `《${entry.content.title}》不在本单位目录内，不能列入`,
          `“${entry.content.title}” is not in the body's own catalogue and cannot be listed`,
        ),
        text(
          '清单只从本单位已发布的目录条目中选取。',
          'A list is made of entries of the own catalogue only.',
        ),
      ),
    )
  if (!entry.published)
    return refused(
      refusal(
        rules.article,
        text(`《${entry.content.title}》尚未发布`, `“${entry.content.title}” has not been published`),
        text('请先完成编目发布。', 'Have it confirmed and published first.'),
      ),
    )
  if (!rules.yearly && (type === undefined || type.effect === 'closed'))
    return refused(
      refusal(
        rules.article,
        text(
          `《${entry.content.title}》没有开放，不能列入`,
          `“${entry.content.title}” is not opened and cannot be listed`,
        ),
        text('请先变更其开放类型。', 'Change its opening type first.'),
      ),
    )
  const graded = entry.content.securityGrade !== null && (entry.content.assessment?.conclusion ?? '') !== ''
  if (rules.graded !== undefined && !graded)
    return refused(
      refusal(
        rules.graded.article,
        text(
          `《${entry.content.title}》尚未分类分级或者没有完成安全评估`,
          `“${entry.content.title}” has no grade, or its assessment is not done`,
        ),
        text('请先补齐安全等级和类型评估。', 'State its security grade and its assessment first.'),
      ),
    )
  return granted(entry)
}

const refusal = (
  article: ArticleId,
  condition: Refusal['condition'],
  remedy: Refusal['remedy'],
): Refusal => ({ code: 'not-listable', article, condition, remedy })

/** Whether a planned line has come true: the entry is open, and what is free for all is really there. */
export const isOpened = (entry: Entry | undefined, type: AccessType | undefined): boolean =>
  entry?.published === true &&
  type !== undefined &&
  (type.effect === 'by-request' || (type.effect === 'free' && entry.live !== null))
