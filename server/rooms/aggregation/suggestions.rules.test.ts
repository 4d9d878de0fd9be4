import type { SchemaField } from '@tiaoli/contract/table-schema'
import { expect, it } from 'vitest'
import type { TableProfile } from '../../foundations/lake/index.ts'
import type { EntryContent } from '../catalogue/index.ts'
import { suggestionsFor, withSuggestions } from './suggestions.rules.ts'

const content = {
  fields: [
    { name: '水位', type: 'decimal', meaning: '', unit: '', key: false, sensitivity: 'public' },
    { name: '站号', type: 'text', meaning: '测站的编号', unit: '', key: true, sensitivity: 'public' },
  ],
} as unknown as EntryContent
const table = (...schemas: (SchemaField & { readonly column?: string })[]) =>
  ({
    name: 'a.csv',
    columns: schemas.map(({ column, ...schema }) => ({
      source: column ?? schema.name,
      type: 'text',
      schema,
    })),
  }) as unknown as TableProfile

it('suggests nothing where nothing is said, where the title is the name, and where the department has spoken', () => {
  const told = table(
    { name: '水位', title: '水位', description: ' ' },
    { name: '站号', title: '编号', description: '另一说法' },
    { name: '别的', description: '没有这个信息项' },
  )
  expect(suggestionsFor(content, told, null)).toEqual([])
})

it('takes no more of words than the catalogue keeps', () => {
  const [meaning] = suggestionsFor(content, table({ name: '水位', description: '长'.repeat(600) }), null)
  expect(meaning!.words).toHaveLength(500)
  expect(meaning!.words.endsWith('长…')).toBe(true)
})

it.each([
  ['长'.repeat(498), '长…'],
  ['长'.repeat(497), '𠮷…'],
])('cuts no character in two', (before, end) => {
  const [meaning] = suggestionsFor(
    content,
    table({ name: '水位', description: before + '𠮷'.repeat(9) }),
    null,
  )
  expect(meaning!.words.isWellFormed()).toBe(true)
  expect(meaning!.words.endsWith(end)).toBe(true)
})

it('goes by the field that the column becomes, and writes words alone', () => {
  const told = table({
    ...{ column: 'level', name: 'level', title: '水位（吴淞）', description: '整点', unit: '米' },
    ...{ type: 'integer', constraints: { required: true } },
  })
  const columns = [{ source: 'level', field: '水位' }]
  const suggestions = suggestionsFor(content, told, { columns })
  expect(suggestions).toEqual([
    { field: '水位', part: 'meaning', words: '水位（吴淞）：整点' },
    { field: '水位', part: 'unit', words: '米' },
  ])
  expect(withSuggestions(content, suggestions)).toEqual([
    { ...content.fields[0], meaning: '水位（吴淞）：整点', unit: '米' },
    content.fields[1],
  ])
  expect(suggestionsFor(content, told, null)).toEqual([])
})
