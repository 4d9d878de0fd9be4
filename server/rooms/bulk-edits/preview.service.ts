import { createHash } from 'node:crypto'
import { mostSheetEntries, mostSheetFields } from '@tiaoli/contract/bulk-edits'
import { newId } from '@tiaoli/kernel/ids'
import { text } from '@tiaoli/kernel/text'
import { LakeError, readWorkbook, type SheetRow } from '../../foundations/lake/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { BulkEdit, EditLine } from './bulk-edit.model.ts'
import type { BulkEditsDeps } from './bulk-edits.deps.ts'
import * as store from './bulk-edits.store.ts'
import {
  type Column,
  entriesSheet,
  fieldColumns,
  fieldsSheet,
  idColumn,
  shownColumns,
  versionColumn,
} from './columns.rules.ts'
import { changesBetween } from './differences.rules.ts'
import { type Drafted, draftsOf, errorAt, heldOf } from './drafts.rules.ts'
import { checkedDraft, errorsOf } from './judged.rules.ts'
import { linesOf } from './sheet.rules.ts'
import { columnsFor, entriesOf } from './sheet.service.ts'

type Sender = { readonly id: string; readonly name: string; readonly organisationId: string }

/** Reads a sheet that came back and says what it would change. The catalogue stays as it is. */
export function createPreviews(deps: BulkEditsDeps) {
  const { database, catalogue, clock } = deps

  async function lineOf(drafted: Drafted, position: number, columns: readonly Column[], by: string) {
    const { entry, line, title } = drafted
    const known: Omit<EditLine, 'outcome' | 'changes' | 'errors' | 'after'> = {
      ...{ position, line, title, entryId: entry?.id ?? null, version: entry?.version ?? null },
      ...{ before: null, versionAfter: null },
    }
    const refused = (errors: EditLine['errors'], changes: EditLine['changes'] = []): EditLine => ({
      ...known,
      ...{ outcome: 'refused', changes, errors, after: null },
    })
    if (entry === undefined) return refused(drafted.errors)
    const checked = checkedDraft(drafted, columns)
    if ('errors' in checked) return refused([...drafted.errors, ...checked.errors])
    // The words of the sheet first: what the catalogue completes is no change that anybody made.
    const said = { ...heldOf(entry), ...checked.draft } as typeof entry.content
    const changes = changesBetween(columns, heldOf(entry), said)
    if (drafted.errors.length > 0) return refused(drafted.errors, changes)
    if (changes.length === 0) return { ...known, outcome: 'same' as const, changes, errors: [], after: null }
    if (!(await catalogue.isEditable(entry)))
      return refused([errorAt(entriesSheet, line, '', notWritable)], changes)
    try {
      const after = await catalogue.together.contentOf(database.db, entry, checked.draft, by)
      return { ...known, outcome: 'change' as const, changes, errors: [], after }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      return refused(errorsOf(error, drafted, columns), changes)
    }
  }

  return async (sender: Sender, fileName: string, bytes: Buffer): Promise<BulkEdit> => {
    const sheets = await sheetsOf(bytes)
    const entries = new Map(
      (await entriesOf(deps, sender.organisationId, {})).map((entry) => [entry.id, entry]),
    )
    const columns = columnsFor(deps, entries.values())
    const drafts = draftsOf(readSheets(sheets, columns), { columns, entries })
    if (drafts.length === 0) throw unreadable(text('表中没有条目', 'There is no entry in the sheet'))
    const lines: EditLine[] = []
    for (const [position, drafted] of drafts.entries())
      lines.push(await lineOf(drafted, position, columns, sender.name))
    const edit: BulkEdit = {
      ...{ id: newId(), organisationId: sender.organisationId, userId: sender.id, userName: sender.name },
      ...{ fileName, sha256: createHash('sha256').update(bytes).digest('hex'), state: 'previewed' },
      ...{ createdAt: clock.now(), appliedAt: null, appliedBy: null, undoneAt: null, undoneBy: null },
    }
    await database.inTransaction(async (tx) => {
      await store.removePreviews(tx, sender.id)
      await store.insertEdit(tx, edit)
      for (const line of lines) await store.insertLine(tx, edit.id, line)
    })
    return edit
  }
}

const notWritable = text(
  '条目不在编制环节，内容已固定。如需修改，请先撤回或发起修订。',
  'The entry is not being compiled; its content is fixed. Take it back or begin a revision first.',
)

async function sheetsOf(bytes: Buffer): Promise<{ name: string; rows: SheetRow[] }[]> {
  try {
    return await readWorkbook(bytes, mostSheetFields + 1)
  } catch (error) {
    if (!(error instanceof LakeError)) throw error
    if (error.code === 'too-large') throw tooManyLines()
    throw new Problem('file-unreadable', { condition: error.public }, error)
  }
}

function readSheets(sheets: readonly { name: string; rows: SheetRow[] }[], columns: readonly Column[]) {
  const rowsOf = (name: string) => sheets.find((sheet) => sheet.name === name)?.rows
  const entryRows = rowsOf(entriesSheet.zh)
  if (entryRows === undefined)
    throw unreadable(
      text(`没有名为“${entriesSheet.zh}”的工作表`, `There is no sheet of the name “${entriesSheet.zh}”`),
    )
  if (entryRows.length > mostSheetEntries + 1) throw tooManyLines()
  const lead = [idColumn, versionColumn]
  const entries = linesOf(
    entriesSheet,
    entryRows,
    [...lead, ...shownColumns, ...columns],
    lead.map(({ key }) => key),
  )
  const fields = linesOf(fieldsSheet, rowsOf(fieldsSheet.zh) ?? [], [idColumn, ...fieldColumns], [])
  const needed = fields.lines.length === 0 ? [] : [idColumn.key, 'name']
  const faults = [
    ...entries.faults,
    ...linesOf(fieldsSheet, rowsOf(fieldsSheet.zh) ?? [], [idColumn, ...fieldColumns], needed).faults,
  ]
  if (faults.length > 0)
    throw new Problem('content-incomplete', {
      condition: text('表头与下载的表格不一致', 'The headings are not those of the download'),
      remedy: text('请在重新下载的表格里修改。', 'Edit a sheet that was downloaded anew.'),
      errors: faults,
    })
  return { entries: entries.lines, fields: fields.lines }
}

const unreadable = (condition: { zh: string; en: string }): Problem =>
  new Problem('file-unreadable', {
    condition,
    remedy: text('请上传从本页下载并修改的表格。', 'Upload the sheet that was downloaded here.'),
  })

const tooManyLines = (): Problem =>
  new Problem('too-large', {
    condition: text(
      `一张表最多 ${mostSheetEntries} 个条目、${mostSheetFields} 个信息项`,
      `A sheet has at most ${mostSheetEntries} entries and ${mostSheetFields} fields`,
    ),
    remedy: text('请按主题或者状态分开下载和上传。', 'Download and upload them by theme or by state.'),
  })
