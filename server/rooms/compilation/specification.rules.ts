import type { SpecificationItem } from '@tiaoli/contract/specifications'
import type { ArticleId } from '@tiaoli/kernel/decisions'
import { isCivilDate } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { type EntryContent, type EntryFault, isFilled } from '../catalogue/index.ts'

export type Specification = {
  readonly version: number
  readonly title: string
  readonly note: string
  readonly items: readonly SpecificationItem[]
  readonly cosigners: readonly string[]
  readonly organisationId: string
  readonly publishedAt: Date
  readonly effectiveAt: Date
  readonly recordId: string
}

/**
 * What a version of the specification finds amiss in an entry: obligatory items that are missing, values outside
 * their list or form. Each fault names the item and the version.
 *
 * @article CQ-22.2-a BJ-16.1-b SZ-10.1-a XM-16.2-a
 */
export function faultsBySpecification(
  { version, items }: Pick<Specification, 'version' | 'items'>,
  article: ArticleId,
  content: EntryContent,
): EntryFault[] {
  return items.flatMap((item) => {
    const why = whatIsAmiss(item, content)
    return why === undefined
      ? []
      : [
          {
            path: item.key,
            article,
            message: text(
              `${item.term.zh}：${why.zh}（目录编制规范第 ${version} 版）`,
              `${item.term.en}: ${why.en} (specification, version ${version})`,
            ),
          },
        ]
  })
}

function whatIsAmiss(item: SpecificationItem, content: EntryContent) {
  if (!isFilled(content, item.key)) return item.required ? text('未填写', 'missing') : undefined
  const values = valuesOf(content, item.key)
  if (item.codes.length > 0 && values.some((value) => !item.codes.includes(value)))
    return text(`只能是${item.codes.join('、')}`, `must be one of ${item.codes.join(', ')}`)
  if (values.some((value) => value.length < item.minLength))
    return text(`不得少于 ${item.minLength} 字`, `at least ${item.minLength} characters`)
  if (item.form === 'number' && values.some((value) => !/^-?\d{1,15}(\.\d{1,10})?$/.test(value)))
    return text('须为数值', 'must be a number')
  if (item.form === 'date' && !values.every(isCivilDate))
    return text('须为日期，如 2026-10-14', 'must be a date such as 2026-10-14')
  return undefined
}

/** The values of a property as texts; those of a list one by one. */
function valuesOf(content: EntryContent, key: string): string[] {
  const value = key.startsWith('extra.')
    ? content.extra[key.slice('extra.'.length)]
    : (content as Record<string, unknown>)[key]
  const list = Array.isArray(value) ? value : [value]
  return list.filter((each): each is string => typeof each === 'string')
}
