import type { CityOnDay } from './city.ts'
import { type Column, rowMaker } from './columns.ts'
import type { Definition } from './entries/index.ts'
import { randomOf } from './random.ts'

/** A file as a department would bring it in: CSV in UTF-8 with a header. The same each time for the same day. */
export function csvOf(
  { title, columns }: Definition,
  rows: number,
  faultyRows: number,
  city: CityOnDay,
): string {
  const random = randomOf(title)
  const listsEnterprises = columns.some((column) => column.key && column.type === 'credit-code')
  const good = Array.from({ length: rows }, (_, index) =>
    lineOf(columns, rowMaker(index, random, city, listsEnterprises)),
  )
  const faulty = Array.from({ length: faultyRows }, (_, index) => spoilt(good[index]!, index))
  return [columns.map((column) => column.name).join(','), ...good, ...faulty, ''].join('\n')
}

const lineOf = (columns: readonly Column[], row: ReturnType<typeof rowMaker>): string =>
  columns.map((column) => column.value(row) ?? '').join(',')

/** A row that has come twice, or that breaks off: what real files have. */
const spoilt = (line: string, index: number): string =>
  index % 2 === 0 ? line : line.slice(0, line.lastIndexOf(','))
