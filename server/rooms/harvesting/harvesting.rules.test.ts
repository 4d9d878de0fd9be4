import { expect, it } from 'vitest'
import type { RemoteEntry } from './harvesting.model.ts'
import { changeOf, digestOf, draftOf, holdsBack, partsChanged } from './harvesting.rules.ts'

const field = (name: string, type = 'text') => ({
  name,
  type,
  meaning: '',
  unit: '',
  sensitivity: '',
  key: false,
})
const entry: RemoteEntry = {
  id: 'a',
  title: '水位',
  summary: '',
  keywords: [],
  publisher: '示例局',
  theme: '',
  fields: [field('编号'), field('值', 'float8')],
  resources: [{ name: '', url: 'https://data.example.org/a', format: 'csv' }],
  licence: '',
  cycle: 'daily',
  modified: '2026-01-01',
}

it('takes no change of what nobody takes for one', () => {
  const moved = { ...entry, modified: '2026-02-01', resources: [], publisher: '另一局' }
  expect(digestOf(moved)).toBe(digestOf(entry))
  expect(digestOf({ ...entry, title: '水位（新）' })).not.toBe(digestOf(entry))
  expect(partsChanged(entry, { ...moved, licence: 'CC0' })).toEqual(['licence'])
  expect(changeOf(entry, { ...moved, licence: 'CC0' }, '来源')).toEqual({
    useRequirements: '来源标注的许可：CC0',
  })
})

it('keeps fields that the catalogue can hold, none of them public by itself', () => {
  const { draft, lost } = draftOf(
    {
      ...entry,
      fields: [
        ...entry.fields,
        field('_x'),
        field('长\\宽'),
        field('口径"'),
        field('编号'),
        { ...field('地', 'geom'), sensitivity: 'public' },
      ],
    },
    '来源',
  )
  expect(draft.fields.map(({ name, type, sensitivity }) => [name, type, sensitivity])).toEqual([
    ['编号', 'text', 'internal'],
    ['值', 'decimal', 'internal'],
    ['地', 'text', 'public'],
  ])
  expect(lost).toEqual(['fields', 'field-type'])
  expect(draft).toMatchObject({ updateCycle: 'daily', format: 'CSV', sourceSystem: '来源', theme: 'other' })
})

it.each([
  [0, 0, 0, 20, false],
  [10, 10, 0, 100, true],
  [10, 2, 8, 0, false],
  [10, 3, 7, 20, true],
  [100, 20, 80, 20, false],
  [100, 21, 80, 20, true],
  [100, 100, 50, 100, false],
])('of %i known, %i gone, %i read, at most %i %%: held back %s', (known, gone, read, most, held) => {
  expect(holdsBack(known, gone, read, most)).toBe(held)
})
