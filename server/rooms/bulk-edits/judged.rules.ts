import { entryDraftSchema } from '@tiaoli/contract/catalogue'
import type { Text } from '@tiaoli/kernel/text'
import { messageOfIssue } from '../../foundations/http/index.ts'
import type { Problem } from '../../foundations/problems/index.ts'
import type { DraftInput } from '../catalogue/index.ts'
import type { CellError } from './bulk-edit.model.ts'
import { type Column, entriesSheet, fieldColumns, fieldsSheet, headingOf } from './columns.rules.ts'
import { type Drafted, errorAt } from './drafts.rules.ts'

/** A draft as the catalogue takes it, or each cell that it does not take. */
export function checkedDraft(
  drafted: Drafted,
  columns: readonly Column[],
): { readonly draft: DraftInput } | { readonly errors: CellError[] } {
  const read = entryDraftSchema.safeParse(drafted.draft, { reportInput: true })
  if (read.success) return { draft: read.data }
  return {
    errors: read.error.issues.map((issue) =>
      errorOn(drafted, columns, issue.path.join('.'), messageOfIssue(issue)),
    ),
  }
}

/** What the catalogue itself refuses, by the cells that it names. */
export function errorsOf({ parts }: Problem, drafted: Drafted, columns: readonly Column[]): CellError[] {
  const { article, condition, errors, remedy } = parts
  const said = (message: Text): Text =>
    remedy === undefined ? message : { zh: `${message.zh}。${remedy.zh}`, en: `${message.en}. ${remedy.en}` }
  if (errors !== undefined && errors.length > 0)
    return errors.map(({ path, message }) => errorOn(drafted, columns, path, said(message), article))
  return [errorOn(drafted, columns, '', said(condition ?? { zh: '目录不予登记', en: 'Refused' }), article)]
}

/** An error at the cell that a path of the draft stands in; at the line where it stands in none. */
function errorOn(
  { line, fieldLines }: Drafted,
  columns: readonly Column[],
  path: string,
  message: Text,
  article?: string,
): CellError {
  const [first, index, part] = path.split('.')
  if (first === 'fields' && fieldLines.length > 0) {
    const column = fieldColumns.find(({ key }) => key === part)
    const at = fieldLines[Number(index)] ?? fieldLines[0]!
    return errorAt(fieldsSheet, at, column ? headingOf(column) : '', message, article ?? null)
  }
  const column =
    columns.find(({ key }) => key === path) ??
    columns.find(({ key }) => path !== '' && (key.startsWith(`${path}.`) || path.startsWith(`${key}.`)))
  return errorAt(entriesSheet, line, column ? headingOf(column) : '', message, article ?? null)
}
