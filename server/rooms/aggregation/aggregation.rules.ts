import { granted, type Refusal, refused, type Verdict } from '@tiaoli/kernel/decisions'
import { text } from '@tiaoli/kernel/text'
import type {
  ColumnMapping,
  FileProfile,
  SealedSnapshot,
  TableProfile,
} from '../../foundations/lake/index.ts'
import type { EntryContent } from '../catalogue/index.ts'
import type { Acceptance, Quality } from './aggregation.model.ts'

/** Names are compared without spaces, width and case; what people type into headers differs in nothing else. */
const folded = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

/** Which field of the entry each column of a file becomes: the one of its name. Columns of no field are left out. */
export function proposeMapping(content: EntryContent, table: TableProfile): ReadonlyMap<string, string> {
  const fields = new Map(content.fields.map((field) => [folded(field.name), field.name]))
  const mapping = new Map<string, string>()
  for (const column of table.columns) {
    const field = fields.get(folded(column.source))
    if (field !== undefined && ![...mapping.values()].includes(field)) mapping.set(column.source, field)
  }
  return mapping
}

/** The table of a file that an acceptance means: the one it names, the first where it names none. */
export const tableOf = (profile: FileProfile, { table }: Acceptance): TableProfile | undefined =>
  table === undefined ? profile.tables[0] : profile.tables.find((each) => each.name === table)

export const missingFields = (content: EntryContent, mapping: ReadonlyMap<string, string>): string[] =>
  content.fields.map((field) => field.name).filter((name) => ![...mapping.values()].includes(name))

/** Column and field: as the acceptance says, or as proposed where it says nothing. */
export const acceptedPairs = (
  content: EntryContent,
  table: TableProfile,
  acceptance: Acceptance | null,
): [source: string, field: string][] =>
  acceptance?.columns?.flatMap(({ source, field }) => (field === null ? [] : [[source, field]])) ?? [
    ...proposeMapping(content, table),
  ]

/**
 * The columns to load: those of the acceptance, or of the proposal where it names none. A field takes the type that
 * the catalogue states, so that every snapshot of an entry has the same types.
 *
 * @article TJ-11.1-a CQ-22.3-b
 */
export function decideColumns(
  content: EntryContent,
  table: TableProfile,
  acceptance: Acceptance,
): Verdict<ColumnMapping[]> {
  const pairs = acceptedPairs(content, table, acceptance)
  const fields = new Map(content.fields.map((field) => [field.name, field]))
  const sources = new Set(table.columns.map((column) => column.source))
  const taken = new Set<string>()
  const columns: ColumnMapping[] = []
  for (const [source, name] of pairs) {
    const field = fields.get(name)
    if (field === undefined)
      return refused(fault(`目录条目没有信息项“${name}”`, `The entry has no field “${name}”`))
    if (!sources.has(source))
      return refused(fault(`文件没有列“${source}”`, `The file has no column “${source}”`))
    if (taken.has(name))
      return refused(fault(`信息项“${name}”对应了两列`, `Two columns are given to the field “${name}”`))
    taken.add(name)
    columns.push({ source, field: name, type: field.type, required: field.required || field.key })
  }
  if (columns.length === 0)
    return refused(
      fault(
        '文件的列与目录条目的信息项没有一项对应',
        'No column of the file belongs to a field of the entry',
      ),
    )
  const absent = content.fields.find((field) => (field.required || field.key) && !taken.has(field.name))
  if (absent !== undefined)
    return refused(
      fault(`缺少必填信息项“${absent.name}”对应的列`, `No column for the required field “${absent.name}”`),
    )
  return granted(columns)
}

const fault = (zh: string, en: string): Refusal => ({
  code: 'mapping',
  condition: text(zh, en),
  remedy: text(
    '请核对列与信息项的对应关系，或修订目录条目。',
    'Check which column becomes which field, or revise the entry.',
  ),
  paths: ['columns'],
})

export function measureQuality(sealed: SealedSnapshot): Quality {
  const cells = sealed.rows * sealed.fields.length
  const nulls = sealed.fields.reduce((sum, field) => sum + field.nulls, 0)
  const all = sealed.rows + sealed.refusedRows
  return {
    completeness: cells === 0 ? 1 : 1 - nulls / cells,
    validity: all === 0 ? 1 : sealed.rows / all,
    fields: sealed.fields.map(({ field, nulls: empty, distinctAbout, min, max }) => ({
      field,
      nulls: empty,
      distinct: distinctAbout,
      min,
      max,
    })),
  }
}

/** From 0 to 100: the mean of what is counted (completeness, validity, and timeliness where a cycle is promised). */
export function qualityScore(quality: Quality, late: boolean | null): number {
  const parts = [quality.completeness, quality.validity, ...(late === null ? [] : [late ? 0 : 1])]
  return Math.round((100 * parts.reduce((sum, part) => sum + part, 0)) / parts.length)
}

/** Columns that look like personal data although the entry declares their field as none. */
export function personalFindings(
  content: EntryContent,
  table: TableProfile,
  mapping: ReadonlyMap<string, string>,
): { field: string; kind: string; declared: string }[] {
  return table.columns.flatMap((column) => {
    const field = content.fields.find((each) => each.name === mapping.get(column.source))
    if (column.looksPersonal === undefined || field === undefined) return []
    return field.sensitivity === 'public' || field.sensitivity === 'internal'
      ? [{ field: field.name, kind: column.looksPersonal, declared: field.sensitivity }]
      : []
  })
}
