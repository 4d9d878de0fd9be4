import type { FiguresAnswer } from '@tiaoli/contract/figures'
import type { Language, Text } from '@tiaoli/kernel/text'
import { text } from '@tiaoli/kernel/text'
import { type Download, tableFile } from '../../foundations/lake/index.ts'

/** Columns of the file, in their order; a target of the city's own says that it is none of the law's. */
const columns = [
  ['filed', text('申请', 'Requests')],
  ['open', text('在办', 'Open')],
  ['answered', text('已答复', 'Answered')],
  ['inTime', text('按期答复', 'Answered in time')],
  ['late', text('逾期答复', 'Answered late')],
  ['overdue', text('逾期未答复', 'Overdue')],
  ['untimed', text('已答复（无法定期限）', 'Answered (no statutory period)')],
  ['granted', text('同意', 'Granted')],
  ['refused', text('不同意', 'Refused')],
  ['withdrawn', text('撤回', 'Withdrawn')],
  ['medianWorkingDays', text('答复用时中位数（工作日）', 'Median working days to the answer')],
  ['missedLocal', text('未达本市时限目标（非法定）', 'Local targets missed (not statutory)')],
  ['liveGrants', text('现有使用许可', 'Current grants')],
  ['calls', text('使用次数', 'Times used')],
  ['rows', text('使用行数', 'Rows used')],
] as const satisfies readonly (readonly [keyof FiguresAnswer['total'], Text])[]

/** The figures of all bodies, the sum of all last, under titles in the language asked for. */
export function fileOfFigures(figures: FiguresAnswer, format: 'csv' | 'xlsx', language: Language): Download {
  const name = { field: 'body', title: text('单位', 'Body')[language], type: 'text' as const }
  const fields = columns.map(([field, title]) => ({
    field,
    title: title[language],
    type: 'decimal' as const,
  }))
  const rowOf = (body: string, counts: FiguresAnswer['organisations'][number] | FiguresAnswer['total']) => ({
    body,
    ...Object.fromEntries(columns.map(([key]) => [key, counts[key]])),
  })
  return tableFile(
    format,
    [name, ...fields],
    [
      ...figures.organisations.map((each) => rowOf(each.organisation.name[language], each)),
      rowOf(text('合计', 'All')[language], figures.total),
    ],
  )
}
