import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { maskerOf } from '@tiaoli/server/foundations/gateway/masks'
import { pseudonymsUnder } from '@tiaoli/server/foundations/gateway/pseudonyms'
import { createLake } from '@tiaoli/server/foundations/lake/index'
import type { FieldType, Lake, SnapshotReader } from '@tiaoli/server/foundations/lake/lake.types'
import { syntheticCreditCode } from '../scenarios/kit/synthetic.ts'
import type { BenchRow } from './bench.types.ts'

const rows = Number(process.env.BENCH_ROWS ?? 1_000_000)
/** The two take turns, so that what else the machine does falls on both. */
const rounds = 3

/** One mask of each kind that changes values, and fields in clear beside them. */
const fields = [
  { name: 'code', type: 'credit-code', mask: 'none' },
  { name: 'person', type: 'text', mask: 'partial', personal: 'name' },
  { name: 'phone', type: 'phone', mask: 'partial', personal: 'phone' },
  { name: 'card', type: 'text', mask: 'pseudonym' },
  { name: 'since', type: 'date', mask: 'year' },
  { name: 'address', type: 'text', mask: 'district', personal: 'address' },
  { name: 'capital', type: 'decimal', mask: 'band:50' },
] as const

/** What masks cost: the same file for the same receiver, with six masks and without. */
export async function masksBench(): Promise<BenchRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'tiaoli-bench-masks-'))
  const lake = await createLake({ folder, wholeFilesBytes: 0 })
  try {
    const reader = await filled(lake)
    const ratios: number[] = []
    let [clear, masked] = [0, 0]
    await exported(reader, false, folder)
    await exported(reader, true, folder)
    for (let round = 0; round < rounds; round++) {
      clear = await exported(reader, false, folder)
      masked = await exported(reader, true, folder)
      ratios.push(masked / clear)
    }
    const ratio = [...ratios].sort((a, b) => a - b)[Math.floor(rounds / 2)]!
    const perSecond = (seconds: number) => Math.round(rows / seconds)
    return [
      { name: `CSV of ${rows} rows, seven fields in clear`, value: perSecond(clear), unit: 'rows/s' },
      { name: 'the same under six masks', value: perSecond(masked), unit: 'rows/s' },
      {
        name: 'six masks ÷ none',
        value: Math.round(ratio * 100) / 100,
        unit: '×',
        target: '≤ 1.5',
        met: ratio <= 1.5,
      },
    ]
  } finally {
    await lake.close()
    await rm(folder, { recursive: true, force: true })
  }
}

function* lines(): Generator<string> {
  yield `${fields.map(({ name }) => name).join(',')}\n`
  const districts = ['重庆市渝中区', '重庆市江北区', '重庆市沙坪坝区']
  for (let n = 0; n < rows; n++)
    yield `${syntheticCreditCode(n)},王${'明芳伟静'[n % 4]}${n % 97},138${String(n % 100_000_000).padStart(8, '0')},K${n},20${10 + (n % 15)}-0${1 + (n % 9)}-1${n % 10},${districts[n % 3]}民生路${n % 500}号,${(n % 9_000) + 0.5}\n`
}

async function filled(lake: Lake): Promise<SnapshotReader> {
  const staged = await lake.stage(Readable.from(lines()), { fileName: 'rows.csv', maxBytes: 2 ** 32 })
  const profile = await lake.profile(staged)
  const { snapshotId } = await lake.load({
    staged,
    table: profile.tables[0]!.name,
    columns: fields.map(({ name, type }) => ({
      source: name,
      field: name,
      type: type as FieldType,
      required: false,
    })),
    keyFields: [],
    nulls: [''],
    onProgress: () => {},
    signal: new AbortController().signal,
  })
  return lake.reader(snapshotId)
}

/** Seconds that the file takes to be made and written. */
async function exported(reader: SnapshotReader, masked: boolean, folder: string): Promise<number> {
  const began = performance.now()
  const { stream } = await reader.export({
    fields: fields.map(({ name }) => ({ field: name, title: name })),
    filters: [],
    format: 'csv',
    marks: { mark: '0123456789ab', hand: 'ba9876543210' },
    ...(masked && { transform: maskerOf(fields, pseudonymsUnder('bench', 'grant')) }),
  })
  await pipeline(stream, createWriteStream(join(folder, 'out')))
  return (performance.now() - began) / 1_000
}

if (import.meta.main) console.table(await masksBench())
