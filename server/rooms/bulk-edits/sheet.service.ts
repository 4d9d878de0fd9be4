import { mostSheetEntries } from '@tiaoli/contract/bulk-edits'
import { text } from '@tiaoli/kernel/text'
import { workbookOf } from '../../foundations/lake/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Entry } from '../catalogue/index.ts'
import type { BulkEditsDeps } from './bulk-edits.deps.ts'
import {
  type Column,
  entriesSheet,
  entryColumns,
  fieldColumns,
  fieldsSheet,
  headingOf,
  idColumn,
  shownColumns,
  versionColumn,
} from './columns.rules.ts'
import { heldOf } from './drafts.rules.ts'
import { partAt } from './parts.rules.ts'

/** Columns for the entries of one organisation: the city's, and those that its entries have besides. */
export const columnsFor = (deps: Pick<BulkEditsDeps, 'rulebook'>, entries: Iterable<Entry>): Column[] => {
  const extra = new Set<string>()
  for (const entry of entries) for (const key of Object.keys(heldOf(entry).extra)) extra.add(key)
  return entryColumns(deps.rulebook, [...extra].sort())
}

/**
 * The entries of an organisation, in whatever state, by their ids; at most `mostSheetEntries`.
 *
 * @throws Problem `too-large` where there are more
 */
export async function entriesOf(
  { catalogue }: Pick<BulkEditsDeps, 'catalogue'>,
  providerId: string,
  narrowed: { readonly theme?: string | undefined; readonly status?: string | undefined },
): Promise<Entry[]> {
  const entries: Entry[] = []
  for (let after: string | undefined; entries.length <= mostSheetEntries; ) {
    const page: Entry[] = await catalogue.walk({ published: false, providerId, ...narrowed }, after, 500)
    entries.push(...page)
    after = page.at(-1)?.id
    if (page.length < 500) return entries
  }
  throw new Problem('too-large', {
    condition: text(
      `一张表最多 ${mostSheetEntries} 个条目`,
      `A sheet has ${mostSheetEntries} entries at most`,
    ),
    remedy: text('请按主题或者状态分开下载。', 'Download them by theme or by state.'),
  })
}

/** Entries with their fields as a workbook that is edited and sent back. */
export function sheetOf(deps: Pick<BulkEditsDeps, 'rulebook'>, entries: readonly Entry[]) {
  const columns = columnsFor(deps, entries)
  const head = (list: readonly Pick<Column, 'key' | 'title'>[]) => list.map(headingOf)
  const lead = [idColumn, versionColumn, ...shownColumns]
  return workbookOf([
    {
      name: entriesSheet.zh,
      widths: [14, 8, 16, 10, ...columns.map(({ width }) => width)],
      rows: [
        head([...lead, ...columns]),
        ...entries.map((entry) => [
          entry.id,
          String(entry.version),
          entry.number,
          entry.status,
          ...columns.map(({ key, codec }) => codec.write(partAt(heldOf(entry), key))),
        ]),
      ],
    },
    {
      name: fieldsSheet.zh,
      widths: [14, ...fieldColumns.map(({ width }) => width)],
      rows: [
        head([idColumn, ...fieldColumns]),
        ...entries.flatMap((entry) =>
          heldOf(entry).fields.map((field) => [
            entry.id,
            ...fieldColumns.map(({ key, codec }) => codec.write(partAt(field, key))),
          ]),
        ),
      ],
    },
  ])
}
