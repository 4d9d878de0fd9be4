import type { DecodeContext } from './decode.types.ts'
import { type DuckSession, quoteName, quoteText } from './duck.ts'
import { type Header, nameHeaders } from './headers.ts'
import { LakeError } from './lake.errors.ts'
import { unpacksTooFar } from './lake.limits.ts'
import type { PlainTable } from './plain-table.ts'
import { RowWriter } from './row-writer.ts'

/** Brings a Parquet file to a plain table: what is nested in a cell becomes JSON text. */
export async function decodeParquet(context: DecodeContext): Promise<PlainTable> {
  return context.duck.connected(context.signal, async (session) => {
    try {
      return await writeTable(context, session)
    } catch (error) {
      // Whatever the engine finds wrong in the file: its own words stay in the log.
      throw error instanceof LakeError ? error : new LakeError('truncated', { cause: error })
    }
  })
}

async function writeTable(context: DecodeContext, session: DuckSession): Promise<PlainTable> {
  const file = quoteText(context.path)
  const size = await sizeOf(session, file)
  if (unpacksTooFar(size.packed, size.unpacked)) throw new LakeError('zip-bomb')
  const columns = await describe(session, file)
  const headers: Header[] = nameHeaders(columns.map(({ name }) => name))
  const total = Number((await session.rows(`select count(*) as n from read_parquet(${file})`))[0]!.n)
  const cells = columns.map(({ name, type }, index) => `${textOf(quoteName(name), type)} as c${index}`)
  const writer = await RowWriter.create(context.folder, 0)
  let line = 0
  try {
    for await (const rows of session.batches(`select ${cells.join(', ')} from read_parquet(${file})`)) {
      for (const row of rows) {
        line += 1
        await writer.write(line, Object.values(row) as (string | null)[])
      }
      context.onRead(line / Math.max(1, total))
    }
  } finally {
    await writer.close()
  }
  return writer.table(context.fileName, headers, false)
}

/** The names and types of the columns. */
async function describe(session: DuckSession, file: string): Promise<{ name: string; type: string }[]> {
  const rows = await session.rows(`describe select * from read_parquet(${file})`)
  return rows.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }))
}

async function sizeOf(session: DuckSession, file: string): Promise<{ packed: number; unpacked: number }> {
  const [size] = await session.rows(
    `select sum(total_compressed_size)::double as packed, sum(total_uncompressed_size)::double as unpacked
     from parquet_metadata(${file})`,
  )
  return { packed: Number(size?.packed ?? 0), unpacked: Number(size?.unpacked ?? 0) }
}

const isNested = (type: string): boolean => /[[(]/.test(type) && !type.startsWith('DECIMAL')

const textOf = (column: string, type: string): string =>
  isNested(type) ? `cast(to_json(${column}) as varchar)` : `cast(${column} as varchar)`
