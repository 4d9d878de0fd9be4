import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { creditCodeAlphabet, creditCodeCheck } from '@tiaoli/kernel/identifiers'

const names = ['恒远', '嘉信', '渝北', '江城', '云帆', '同辉', '锦程', '两江']
const trades = ['商贸有限公司', '物流有限公司', '信息技术有限公司', '餐饮管理有限公司', '建筑工程有限公司']
const districts = ['500101', '500103', '500105', '500112', '500113', '500230', '500241', '500243']

/** The columns and the types under which a catalogue would register them. */
export const ingestColumns = {
  credit_code: 'credit-code',
  name: 'text',
  division_code: 'division-code',
  registered_on: 'date',
  capital: 'decimal',
  employees: 'integer',
  tax_rate: 'decimal',
  remark: 'text',
} as const

/** The credit code of row `index`; distinct for each index below 31^8, and in no order. */
export function creditCodeOfRow(index: number): string {
  let rest = (index * 7_368_787) % 31 ** 8
  let serial = ''
  for (let position = 0; position < 8; position += 1) {
    serial += creditCodeAlphabet[rest % 31]
    rest = Math.floor(rest / 31)
  }
  const first17 = `91${districts[index % districts.length]}M${serial}`
  return first17 + creditCodeCheck(first17)
}

function rowOf(index: number): string {
  const mixed = (index * 2_654_435_761) % 4_294_967_296
  const name = `重庆${names[mixed % 8]}${mixed % 99_991}${trades[mixed % 5]}`
  const day = new Date(Date.UTC(1990, 0, 1) + (mixed % 13_000) * 86_400_000).toISOString().slice(0, 10)
  const capital = ((mixed % 100_000_000) / 100).toFixed(2)
  const remark = index % 50 === 0 ? '"含逗号, 与 ""引号"""' : `备注${mixed % 1000}`
  return `${creditCodeOfRow(index)},${name},${districts[mixed % 8]},${day},${capital},${mixed % 5000},${((mixed % 1300) / 10_000).toFixed(4)},${remark}\n`
}

/** Writes the same file each time: a register of `rows` made-up companies as UTF-8 CSV. */
export async function writeIngestFile(path: string, rows: number): Promise<void> {
  const file = createWriteStream(path)
  let text = `${Object.keys(ingestColumns).join(',')}\n`
  for (let index = 0; index < rows; index += 1) {
    text += rowOf(index)
    if (text.length > 1 << 20) {
      if (!file.write(text)) await once(file, 'drain')
      text = ''
    }
  }
  file.end(text)
  await once(file, 'close')
}
