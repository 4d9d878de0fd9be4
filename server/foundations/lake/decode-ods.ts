import type { DecodeContext } from './decode.types.ts'
import { LakeError, throwIfCancelled } from './lake.errors.ts'
import { type OdsListener, readOdsSheets } from './ods-sheets.ts'
import type { PlainTable } from './plain-table.ts'
import { RowWriter } from './row-writer.ts'
import { SheetAssembly, type SheetCells } from './sheet-assembly.ts'
import type { ZipArchive } from './zip-archive.ts'

/** Where an OpenDocument file keeps its sheets, and what it says it is. */
export const odsContentPart = 'content.xml'
const typePart = 'mimetype'

/** Whether the archive is a spreadsheet of OpenDocument (templates included). */
export async function isOds(zip: ZipArchive): Promise<boolean> {
  if (!zip.names.includes(odsContentPart)) return false
  const type = await zip.text(typePart)
  if (type === null) return false
  let words = ''
  for await (const part of type) {
    words += part
    if (words.length > 200) break
  }
  return words.startsWith('application/vnd.oasis.opendocument.spreadsheet')
}

/** Brings the sheets of the file (or the one that is named) to plain tables; sheets without a cell are left out. */
export async function decodeOds(
  context: DecodeContext,
  zip: ZipArchive,
  only: string | undefined,
): Promise<PlainTable[]> {
  const content = await zip.text(odsContentPart)
  if (content === null) throw new LakeError('truncated')
  const sheets = new OdsTables(context, only)
  try {
    await readOdsSheets(content, sheets)
    await sheets.end()
  } finally {
    await sheets.close()
  }
  if (sheets.wanted === 0) throw new LakeError('sheet-missing')
  if (sheets.tables.length === 0) throw new LakeError('empty-file')
  return sheets.tables
}

/** Makes a plain table of each sheet that is wanted, as they come. */
class OdsTables implements OdsListener {
  readonly tables: PlainTable[] = []
  wanted = 0
  readonly #context: DecodeContext
  readonly #only: string | undefined
  #open: { readonly name: string; readonly writer: RowWriter; readonly assembly: SheetAssembly } | null = null

  constructor(context: DecodeContext, only: string | undefined) {
    this.#context = context
    this.#only = only
  }

  async sheet(name: string): Promise<void> {
    await this.end()
    throwIfCancelled(this.#context.signal)
    if (this.#only !== undefined && name !== this.#only) return
    const writer = await RowWriter.create(this.#context.folder, this.wanted)
    this.wanted += 1
    this.#open = { name, writer, assembly: new SheetAssembly(writer) }
  }

  async rows(rows: readonly SheetCells[]): Promise<void> {
    throwIfCancelled(this.#context.signal)
    await this.#open?.assembly.add(rows)
  }

  /** Ends the sheet that is being read. */
  async end(): Promise<void> {
    if (this.#open === null) return
    const { name, writer, assembly } = this.#open
    await assembly.end()
    await this.close()
    if (assembly.headers !== null) this.tables.push(writer.table(name, assembly.headers, false))
  }

  async close(): Promise<void> {
    const writer = this.#open?.writer
    this.#open = null
    await writer?.close()
  }
}
