import type { EntryField } from '@tiaoli/contract/catalogue'
import { text } from '@tiaoli/kernel/text'
import type { EntryContent } from '../catalogue/index.ts'
import type { Change } from './bulk-edit.model.ts'
import { type Column, fieldColumns } from './columns.rules.ts'
import { partAt } from './parts.rules.ts'

/** What differs between two states of an entry, in the words of the sheet. */
export function changesBetween(
  columns: readonly Column[],
  before: EntryContent,
  after: EntryContent,
): Change[] {
  const changes = columns.flatMap((column): Change[] => {
    const [was, is] = [before, after].map((content) => column.codec.write(partAt(content, column.key)))
    return was === is ? [] : [{ place: column.title, before: was!, after: is! }]
  })
  return [...changes, ...fieldChanges(before.fields, after.fields)]
}

/** Fields go by their names: one that has another name is another field. */
export function fieldChanges(before: readonly EntryField[], after: readonly EntryField[]): Change[] {
  const was = new Map(before.map((field) => [field.name, field]))
  const is = new Map(after.map((field) => [field.name, field]))
  const place = (name: string, zh: string, en: string) => text(`信息项“${name}”${zh}`, `Field “${name}”${en}`)
  const changes: Change[] = []
  for (const { name } of before)
    if (!is.has(name)) changes.push({ place: place(name, '', ''), before: name, after: '' })
  for (const field of after) {
    const old = was.get(field.name)
    if (old === undefined) {
      changes.push({ place: place(field.name, '', ''), before: '', after: field.name })
      continue
    }
    for (const { key, title, codec } of fieldColumns) {
      const [from, to] = [codec.write(partAt(old, key)), codec.write(partAt(field, key))]
      if (from !== to)
        changes.push({
          place: place(field.name, ` ${title.zh}`, `: ${title.en}`),
          before: from,
          after: to,
        })
    }
  }
  if (changes.length === 0 && before.some(({ name }, index) => after[index]?.name !== name))
    changes.push({
      place: text('信息项的顺序', 'Order of the fields'),
      before: before.map(({ name }) => name).join('、'),
      after: after.map(({ name }) => name).join('、'),
    })
  return changes
}
