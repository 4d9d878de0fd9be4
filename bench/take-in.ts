import type { Readable } from 'node:stream'
import { defaultNulls, type LoadOnto } from '../server/foundations/lake/index.ts'
import type { Lake } from '../server/foundations/lake/lake.types.ts'
import { ingestColumns } from './ingest-file.ts'

/** A register of companies as the platform takes it in: kept, looked at, loaded; with `onto`, as a change of what is there. */
export async function takeIn(lake: Lake, stream: Readable, onto?: LoadOnto) {
  const staged = await lake.stage(stream, { fileName: 'register.csv', maxBytes: 2 ** 33 })
  const { encoding, delimiter, tables } = await lake.profile(staged, { declared: ingestColumns })
  const sealed = await lake.load({
    staged,
    table: tables[0]!.name,
    encoding,
    delimiter,
    columns: tables[0]!.columns.map(({ source, type }) => ({ source, field: source, type, required: false })),
    keyFields: ['credit_code'],
    nulls: defaultNulls,
    onProgress: () => {},
    signal: new AbortController().signal,
    ...(onto && { onto }),
  })
  await lake.discard(staged)
  return sealed
}
