import type { DecodeContext } from './decode.types.ts'
import { LakeError } from './lake.errors.ts'
import type { PlainTable } from './plain-table.ts'
import { readUntrusted } from './read-untrusted.ts'
import { RowWriter } from './row-writer.ts'
import { SheetAssembly } from './sheet-assembly.ts'

type Sheet = { readonly name: string; readonly writer: RowWriter; readonly assembly: SheetAssembly }

/** Brings the sheets of an old workbook (or the one that is named) to plain tables; sheets without a cell are left out. */
export async function decodeXls(context: DecodeContext, only: string | undefined): Promise<PlainTable[]> {
  const sheets = new Map<string, Sheet>()
  const tables: PlainTable[] = []
  try {
    const pieces = readUntrusted({ kind: 'workbook', path: context.path, only }, context.signal)
    for await (const piece of pieces) {
      if (!('sheet' in piece)) continue
      const sheet = sheets.get(piece.sheet) ?? (await openSheet(context, piece.sheet, sheets.size))
      sheets.set(piece.sheet, sheet)
      await sheet.assembly.add(piece.rows)
    }
    for (const { assembly } of sheets.values()) await assembly.end()
  } finally {
    for (const { writer } of sheets.values()) await writer.close()
  }
  for (const { name, writer, assembly } of sheets.values())
    if (assembly.headers !== null) tables.push(writer.table(name, assembly.headers, false))
  if (sheets.size === 0) throw new LakeError('sheet-missing')
  if (tables.length === 0) throw new LakeError('empty-file')
  context.onRead(1)
  return tables
}

async function openSheet({ folder }: DecodeContext, name: string, index: number): Promise<Sheet> {
  const writer = await RowWriter.create(folder, index)
  return { name, writer, assembly: new SheetAssembly(writer) }
}
