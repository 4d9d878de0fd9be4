import type { Text } from '@tiaoli/kernel/text'
import { text } from '@tiaoli/kernel/text'
import type { Entry } from '../catalogue/index.ts'
import type { CellError } from './bulk-edit.model.ts'
import {
  type Column,
  entriesSheet,
  fieldColumns,
  fieldsSheet,
  headingOf,
  idColumn,
  versionColumn,
} from './columns.rules.ts'
import { partAt, withoutBlanks, withPart } from './parts.rules.ts'
import type { SheetLine } from './sheet.rules.ts'

/** What a line of the sheet of entries makes of its entry. */
export type Drafted = {
  readonly line: number
  readonly entry: Entry | undefined
  /** As the sheet names it, where there is no such entry. */
  readonly title: string
  readonly draft: Record<string, unknown>
  /** Lines in which its fields stand, in their order; empty where they stand nowhere and so stay. */
  readonly fieldLines: readonly number[]
  readonly errors: readonly CellError[]
}

export type Known = {
  readonly columns: readonly Column[]
  /** Entries of the organisation that the sheet is for; of no other. */
  readonly entries: ReadonlyMap<string, Entry>
}

/** Reads the sheets into drafts of their entries. A line that cannot be read is told of, and stops no other. */
export function draftsOf(
  { entries, fields }: { readonly entries: readonly SheetLine[]; readonly fields: readonly SheetLine[] },
  known: Known,
): Drafted[] {
  const fieldsOf = Map.groupBy(fields, idOf)
  const times = Map.groupBy(entries, idOf)
  const drafts = entries.map((line) => {
    const id = idOf(line)
    const entry = known.entries.get(id)
    const errors = [
      ...identityErrors(line, entry),
      ...(times.get(id)!.length > 1 && id !== '' ? [repeated(line)] : []),
    ]
    const read = entry === undefined ? undefined : readEntry(line, entry, known.columns)
    const own = fieldsOf.get(id) ?? []
    const readFields = entry === undefined || own.length === 0 ? undefined : readFieldLines(own, entry)
    return {
      line: line.line,
      entry,
      title: entry === undefined ? (line.cells.get('title') ?? '') : heldOf(entry).title,
      draft: { ...read?.draft, ...(readFields && { fields: readFields.fields }) },
      fieldLines: own.map(({ line }) => line),
      errors: [...errors, ...(read?.errors ?? []), ...(readFields?.errors ?? [])],
    }
  })
  return [...drafts, ...astray(fieldsOf, times, known)]
}

export const heldOf = (entry: Entry) => entry.pending ?? entry.content
const idOf = ({ cells }: SheetLine): string => (cells.get(idColumn.key) ?? '').toLowerCase()

export const errorAt = (
  sheet: Text,
  line: number,
  column: string,
  message: Text,
  article: string | null = null,
): CellError => ({ sheet, line, column, message, article })

function identityErrors({ line, cells }: SheetLine, entry: Entry | undefined): CellError[] {
  const at = (column: typeof idColumn, message: Text) => [
    errorAt(entriesSheet, line, headingOf(column), message),
  ]
  if (entry === undefined)
    return at(
      idColumn,
      text(
        '本单位没有标识为此的条目。新条目请在“登记目录条目”页面编制。',
        'The organisation has no entry of this id. New entries are drafted on their own page.',
      ),
    )
  if (cells.get(versionColumn.key) !== String(entry.version))
    return at(
      versionColumn,
      text(
        `下载之后条目已被修改（现为第 ${entry.version} 版）。请重新下载，把您的修改填入新表。`,
        `The entry has been changed since the download (now version ${entry.version}). Download it again and enter your changes there.`,
      ),
    )
  return []
}

const repeated = ({ line }: SheetLine): CellError =>
  errorAt(
    entriesSheet,
    line,
    headingOf(idColumn),
    text('同一条目出现了不止一行', 'The entry stands here in more than one line'),
  )

function readEntry(line: SheetLine, entry: Entry, columns: readonly Column[]) {
  const { assessed: _, ...content } = heldOf(entry)
  const { part, errors } = readCells(entriesSheet, line, columns, content)
  return { draft: withoutBlanks(part), errors }
}

function readFieldLines(lines: readonly SheetLine[], entry: Entry) {
  const errors: CellError[] = []
  const fields = lines.map((line) => {
    const old = heldOf(entry).fields.find(({ name }) => name === line.cells.get('name'))
    const read = readCells(fieldsSheet, line, fieldColumns, old ?? {})
    errors.push(...read.errors)
    return read.part
  })
  return { fields, errors }
}

/** A cell that says what is held already is left as it is, however it would be read. */
function readCells(
  sheet: Text,
  { line, cells, formulas }: SheetLine,
  columns: readonly Column[],
  held: object,
): { part: Record<string, unknown>; errors: CellError[] } {
  let part = held as Record<string, unknown>
  const errors: CellError[] = []
  for (const column of columns) {
    const cell = cells.get(column.key)?.replaceAll('\r\n', '\n')
    if (cell === undefined) continue
    if (formulas.includes(column.key)) {
      errors.push(errorAt(sheet, line, headingOf(column), formula))
      continue
    }
    const was = partAt(held, column.key)
    if (was !== undefined && cell === column.codec.write(was).trim()) continue
    if (was === undefined && cell === '' && column.key.includes('.')) continue
    const value = column.codec.read(cell)
    if (value === undefined) errors.push(errorAt(sheet, line, headingOf(column), notAmong(column, cell)))
    else part = withPart(part, column.key, value)
  }
  return { part, errors }
}

const formula = text(
  '单元格是公式。请改为数值或者文字后再上传。',
  'The cell is a formula. Enter its value and upload again.',
)

function notAmong({ codec }: Column, cell: string): Text {
  if (cell === '') return text('不能为空', 'This cannot be blank')
  const words = (language: 'zh' | 'en') => (codec.among ?? []).map((term) => term[language])
  return text(`只能是：${words('zh').join('、')}`, `One of: ${words('en').join(', ')}`)
}

/**
 * Fields of entries that are not in the sheet of entries. They come along when somebody takes out lines there, and
 * mean nothing as long as they say what is held.
 */
function astray(
  fieldsOf: ReadonlyMap<string, readonly SheetLine[]>,
  entries: ReadonlyMap<string, unknown>,
  known: Known,
): Drafted[] {
  return [...fieldsOf].flatMap(([id, lines]) => {
    if (entries.has(id)) return []
    const entry = known.entries.get(id)
    const read = entry && readFieldLines(lines, entry)
    const first = lines[0]!
    if (entry && read?.errors.length === 0 && same(read.fields, heldOf(entry).fields)) return []
    return {
      line: first.line,
      entry,
      title: entry === undefined ? '' : heldOf(entry).title,
      draft: {},
      fieldLines: [],
      errors: [
        errorAt(
          fieldsSheet,
          first.line,
          headingOf(idColumn),
          entry === undefined
            ? text('本单位没有标识为此的条目', 'The organisation has no entry of this id')
            : text(
                '信息项有修改，但“条目”表中没有这个条目。请保留它所在的行。',
                'The fields were changed, but the entry is not in the sheet of entries. Leave its line there.',
              ),
        ),
      ],
    }
  })
}

const same = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right)
