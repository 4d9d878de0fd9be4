import { type Text, text } from '@tiaoli/kernel/text'
import { csvRow } from './csv-cells.ts'
import { shownCharacters, shownRefusals } from './lake.limits.ts'
import type { RefusalCause, RowRefusal } from './lake.types.ts'
import { PiecewiseFile } from './plain-table.ts'

/** What is wrong with a row, in the words of the report. */
export const refusalCauses: Readonly<Record<RefusalCause, Text>> = {
  'too-few-cells': text('单元格少于列数', 'fewer cells than columns'),
  'too-many-cells': text('单元格多于列数', 'more cells than columns'),
  'not-of-type': text('内容不符合字段类型', 'not of the type of the field'),
  missing: text('必填项为空', 'required, but empty'),
  undecodable: text('文字无法解码', 'cannot be decoded'),
  'unclosed-quote': text('引号不配对', 'quote out of place or never closed'),
  'duplicate-key': text('主键与前面的行重复', 'same key as an earlier row'),
  'open-ring': text('图形的环没有闭合，或者首尾不同点', 'a ring does not end where it begins'),
  'not-in-degrees': text(
    '坐标不是经纬度，或者超出经纬度范围',
    'coordinates are not degrees, or out of range',
  ),
  'not-allowed': text('不符合随附表结构的约束', 'not what the schema of the file allows'),
  'no-such-row': text('现有数据中没有这个主键', 'no row has this key'),
  'too-long': text('行过长（超过 1 MiB）', 'row longer than 1 MiB'),
}

export const reportHeader = [
  '行号 line',
  '列 column',
  '原因',
  'cause',
  '值 value',
  '同一行其他有误的列 other columns at fault',
  '先出现的行 first line',
  '整行 whole row',
]

export type ReportedRefusal = RowRefusal & {
  readonly row: string
  /** Further columns of the row that are at fault. */
  readonly others?: readonly string[]
}

/** Writes the refused rows of a load for people: CSV in UTF-8 with a byte-order mark, one line a row. */
export class RefusalReport {
  count = 0
  /** The first of them, for the page. */
  readonly first: RowRefusal[] = []
  readonly #file: PiecewiseFile

  private constructor(file: PiecewiseFile) {
    this.#file = file
  }

  static async create(path: string): Promise<RefusalReport> {
    const report = new RefusalReport(await PiecewiseFile.create(path))
    report.#file.text(`\ufeff${csvRow(reportHeader)}`)
    return report
  }

  async add(refusal: ReportedRefusal): Promise<void> {
    const { row, others = [], ...shown } = refusal
    const { line, column, cause, firstLine } = shown
    const value = shown.value?.slice(0, shownCharacters) ?? null
    this.count += 1
    if (this.first.length < shownRefusals) this.first.push({ ...shown, value })
    const { zh, en } = refusalCauses[cause]
    const cells = [line, column, zh, en, value, others.join(', '), firstLine ?? null, row]
    await this.#file.text(csvRow(cells))
  }

  close(): Promise<void> {
    return this.#file.close()
  }
}
