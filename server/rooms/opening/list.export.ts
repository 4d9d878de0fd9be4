import type { OpeningLineView } from '@tiaoli/contract/opening-lists'

/** A list as CSV with a byte-order mark, so that office programs open it as it is. */
export function csvOf(lines: readonly OpeningLineView[]): string {
  const head = ['目录编号', '名称', '提供单位', '开放类型', '格式', '更新周期', '拟开放日期', '拟开放方式']
  const rows = lines.map((line) => [
    line.number,
    line.title,
    line.provider.name.zh,
    line.type.term.zh,
    line.format,
    line.updateCycle ?? '',
    line.planned?.on ?? '',
    line.planned?.type.term.zh ?? '',
  ])
  return `\ufeff${[head, ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')}`
}

/** A text that a spreadsheet would run as a formula is kept from it by a leading apostrophe. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
