import { expect, it } from 'vitest'
import { entryContent } from '../catalogue/test-entry.ts'
import { faultsBySpecification } from './specification.rules.ts'

const item = (key: string, more: object = {}) => ({
  key: key as 'summary',
  term: { zh: key, en: key },
  required: true,
  form: 'text' as const,
  codes: [],
  minLength: 0,
  ...more,
})
const faults = (items: ReturnType<typeof item>[], content: object) =>
  faultsBySpecification({ version: 3, items }, 'CQ-22.2-a', entryContent(content)).map(({ path }) => path)

it('finds what is missing, outside its list, too short or of another form, and names the version', () => {
  expect(faults([item('summary')], {})).toEqual(['summary'])
  expect(faults([item('theme', { codes: ['health'] })], { theme: 'city' })).toEqual(['theme'])
  expect(faults([item('keywords', { codes: ['甲'] })], { keywords: ['甲', '乙'] })).toEqual(['keywords'])
  expect(faults([item('summary', { minLength: 5 })], { summary: '短' })).toEqual(['summary'])
  expect(faults([item('extra.since', { form: 'date' })], { extra: { since: '2023-02-30' } })).toEqual([
    'extra.since',
  ])
  const [fault] = faultsBySpecification(
    { version: 3, items: [item('summary')] },
    'CQ-22.2-a',
    entryContent({}),
  )
  expect(fault).toMatchObject({ article: 'CQ-22.2-a' })
  expect(fault?.message.zh).toContain('第 3 版')
})

it('lets pass what is in order and what may be left out', () => {
  expect(faults([item('summary', { required: false, minLength: 5 })], {})).toEqual([])
  expect(faults([item('extra.office', { codes: ['甲'] })], { extra: { office: '甲' } })).toEqual([])
  // A name that every object has is no statement.
  expect(faults([item('extra.constructor')], {})).toEqual(['extra.constructor'])
})
