import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  creditCodeAlphabet,
  creditCodeCheck,
  identityNumberCheck,
  isCreditCode,
  isDivisionCode,
  isIdentityNumber,
  isMainlandPhone,
} from '@tiaoli/kernel/identifiers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Duck, openDuck } from './duck.ts'
import { fieldTypes, tidySql } from './field-types.ts'
import type { FieldType } from './lake.types.ts'

let folder: string
let duck: Duck
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiaoli-types-'))
  duck = await openDuck({ tempFolder: folder, memoryLimitMb: 256, threads: 2 })
})
afterAll(async () => {
  duck.close()
  await rm(folder, { recursive: true, force: true })
})

/** What cells of a type become, as they leave the lake; null where they are not of the type. */
async function read(type: FieldType, cells: readonly string[]) {
  const { tidy, parse, show } = fieldTypes[type]
  const rows = await duck.connected(undefined, (session) =>
    session.rows(
      `select ${show('v')} as v from (select place, ${parse('t')} as v from
        (select place, ${tidySql(tidy, 'cell', true)} as t from
          (select unnest(range(${cells.length})) as place, unnest([${cells.map(() => '?').join(', ')}]) as cell)))
       order by place`,
      cells,
    ),
  )
  return rows.map(({ v }) => v)
}

describe('types of cells', () => {
  it.each<[FieldType, Record<string, unknown>]>([
    [
      'integer',
      {
        '0': 0,
        '-12': -12,
        ' 7\t': 7,
        '007': null,
        '1.0': null,
        '1,000': null,
        '999999999999999': 999999999999999,
        '1000000000000000': null,
      },
    ],
    [
      'decimal',
      { '-1.50': -1.5, '3': 3, '1e3': 1000, '01.5': null, nan: null, inf: null, '0x10': null, '1_000': null },
    ],
    ['longitude', { '106.55': 106.55, '180.1': null, '-180': -180 }],
    ['latitude', { '29.56': 29.56, '90.01': null }],
    ['boolean', { 是: true, 否: false, TRUE: true, n: false, '1': true, maybe: null }],
    [
      'date',
      {
        '2024-02-29': '2024-02-29',
        '2023-02-29': null,
        '2024/1/5': '2024-01-05',
        '2024年1月5日': '2024-01-05',
        '2024.1.5': '2024-01-05',
        '20240105': '2024-01-05',
        '20241305': null,
        '2024-01-05 00:00:00': '2024-01-05',
        '2024-01-05 01:00:00': null,
      },
    ],
    ['time', { '9:30': '09:30:00', '23:59:59': '23:59:59', '24:00': null }],
    [
      'instant',
      {
        '2026-10-14 09:30': '2026-10-14T01:30:00.000Z',
        '2026/1/5 9:30:05': '2026-01-05T01:30:05.000Z',
        '2026-10-14T09:30:00+08:00': '2026-10-14T01:30:00.000Z',
        '2026-10-14T09:30:00.123Z': '2026-10-14T09:30:00.123Z',
        '2026-10-14 09:30:00 +0800': '2026-10-14T01:30:00.000Z',
        '2026-02-30 09:30': null,
        '2026-10-14': null,
      },
    ],
    [
      'credit-code',
      {
        '91500000ma0000001b': '91500000MA0000001B',
        '91500000MA00000081': '91500000MA00000081',
        '91500000MA00000082': null,
        Y1500000MA0000001M: 'Y1500000MA0000001M',
        // Not of the alphabet, though it would stand where the sum still comes out.
        I1500000MA0000001M: null,
      },
    ],
  ])('%s', async (type, cells) => {
    expect(await read(type, Object.keys(cells))).toEqual(Object.values(cells))
  })
})

describe('identifiers are judged in the engine as they are in the kernel', () => {
  const text = fc.string({ unit: fc.constantFrom(...'0123456789AIMXx-+ '), maxLength: 20 })
  const digits = (length: number) =>
    fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
      .map((list) => list.join(''))
  const born = fc.date({ min: new Date('1900-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  const number = fc
    .tuple(fc.constantFrom('110105', '500103', '990101'), born, digits(3))
    .map(([place, date, serial]) => `${place}${date.toISOString().slice(0, 10).replaceAll('-', '')}${serial}`)
    .map((first17) => `${first17}${identityNumberCheck(first17)}`)
  const serial = fc.array(fc.constantFrom(...creditCodeAlphabet), { minLength: 9, maxLength: 9 })
  const code = fc
    .tuple(fc.constantFrom('91', '52', 'A1', '01'), digits(6), serial)
    .map(([kind, place, rest]) => `${kind}${place}${rest.join('')}`)
    .map((first17) => `${first17}${creditCodeCheck(first17)}`)

  const judges: [FieldType, (value: string) => boolean, fc.Arbitrary<string>][] = [
    ['identity-number', isIdentityNumber, fc.oneof(number, digits(18), text)],
    ['credit-code', isCreditCode, fc.oneof(code, digits(18), text)],
    ['division-code', isDivisionCode, fc.oneof(digits(6), digits(4), digits(9), text)],
    [
      'phone',
      isMainlandPhone,
      fc.oneof(
        digits(10).map((rest) => `1${rest}`),
        text,
      ),
    ],
  ]
  it.each(judges)('%s', async (type, isOfType, values) => {
    const cells = fc.sample(values, { numRuns: 2_000, seed: 11 })
    const { tidy } = fieldTypes[type]
    const expected = cells.map((cell) => {
      const tidied = tidy === 'capitals' ? cell.trim().toUpperCase() : cell.trim()
      return isOfType(tidied) ? tidied : null
    })
    expect(await read(type, cells)).toEqual(expected)
    expect(expected.some((value) => value !== null)).toBe(true)
  })
})
