import type { RecordView } from '@tiaoli/contract/ledger'

const head = [
  '时间',
  '事项',
  '结果',
  '条款',
  '人员',
  '单位',
  '目录条目',
  '办件',
  '使用许可',
  '场景',
  '行数',
  '密钥',
  '日志位置',
  '留痕编号',
]

/** Records as lines of CSV, the first with a byte-order mark, so that office programs open them as they are. */
export const recordsHead = `\ufeff${line(head)}`

export const recordLine = (record: RecordView): string =>
  line([
    record.at,
    record.title.zh,
    record.outcome,
    record.article ?? '',
    record.actor.name ?? '',
    record.actor.organisation?.name.zh ?? '',
    record.entry?.title ?? '',
    record.caseId ?? '',
    record.grantId ?? '',
    said(record.details.scenario),
    said(record.details.rows),
    said(record.details.apiKeyId),
    record.position === null ? '' : String(record.position),
    record.id,
  ])

const said = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

function line(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

/** A text that a spreadsheet would run as a formula is kept from it by a leading apostrophe. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
