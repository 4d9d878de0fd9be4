import { chooseTable, decode } from './decode.ts'
import type { Duck } from './duck.ts'
import type { KnownColumns } from './known-columns.ts'
import { throwIfCancelled } from './lake.errors.ts'
import type { FileProfile, ProfileOptions, StagedFile, TableProfile } from './lake.types.ts'
import { defaultNulls } from './nulls.ts'
import { profileTable } from './profile.ts'
import { readSchema } from './read-schema.ts'

/** Part of the work that reading the file is; the rest is counting. */
const decodingShare = 0.5

/** Reads a staged file and says what is in it. */
export async function profileFile(
  duck: Duck,
  staged: StagedFile,
  options: ProfileOptions,
  known: KnownColumns,
): Promise<FileProfile> {
  const { signal, onProgress = () => {}, declared = {} } = options
  const file = await decode(duck, staged, options, signal, (fraction) =>
    onProgress({ stage: 'decoding', fraction: fraction * decodingShare }),
  )
  const wanted = options.table === undefined ? file.tables : [chooseTable(file, options.table)]
  const tables: TableProfile[] = []
  await duck.connected(signal, async (session) => {
    for (const [index, table] of wanted.entries()) {
      throwIfCancelled(signal)
      const report = (fraction: number) =>
        onProgress({
          stage: 'checking',
          fraction: decodingShare + (1 - decodingShare) * ((index + fraction) / wanted.length),
        })
      const schema = readSchema(options.descriptor ?? file.descriptor?.told, file, table)
      const nulls = options.nulls ?? schema.nulls ?? defaultNulls
      tables.push(await profileTable(session, table, { nulls, declared, known, schema }, report))
    }
  })
  return {
    format: file.format,
    ...(file.encoding === undefined ? {} : { encoding: file.encoding }),
    ...(file.delimiter === undefined ? {} : { delimiter: file.delimiter }),
    tables,
    ...(file.descriptor && { descriptorName: file.descriptor.name }),
    ...(file.leftOut === undefined || file.leftOut.length === 0 ? {} : { leftOut: file.leftOut }),
  }
}
