import { expect, it } from 'vitest'
import { basesOf, judgeRows, referenceOf } from './bases.rules.ts'

const rules = {
  article: 'CQ-21.2-a',
  by: 'authority-municipal',
  open: true,
  checks: true,
  list: [
    { key: 'legal-person', term: { zh: '法人', en: 'legal persons' }, identifier: 'credit-code' as const },
  ],
}

it('has those of the regulation first, with the lead that was settled, then those of the city', () => {
  const kept = [
    { key: 'bridges', titleZh: '桥梁', titleEn: 'bridges', identifier: null, leadId: null },
    { key: 'legal-person', titleZh: null, titleEn: null, identifier: null, leadId: 'market' },
  ]
  expect(basesOf(rules, kept).map(({ key, named, leadId }) => [key, named, leadId])).toEqual([
    ['legal-person', true, 'market'],
    ['bridges', false, null],
  ])
  expect(basesOf(undefined, kept)).toEqual([])
})

it('counts against the register of the lead department, whenever it was attached', () => {
  const base = basesOf(rules, [])[0]!
  const sources = ['tax', 'market'].map((providerId) => ({
    baseKey: base.key,
    entryId: providerId,
    keyField: 'code',
    providerId,
  }))
  expect(referenceOf({ ...base, leadId: 'market' }, sources)?.entryId).toBe('market')
  expect(referenceOf(base, sources)?.entryId).toBe('tax')
})

it('proposes a key only where one record alone bears the name', () => {
  const names = new Map([
    ['甲', ['1']],
    ['乙', ['2', '3']],
  ])
  const rows = [
    { key: '1', name: '' },
    { key: '9', name: '甲' },
    { key: '', name: '甲' },
    { key: '', name: '乙' },
    { key: '', name: '丙' },
  ]
  expect(judgeRows(rows, new Set(['1']), names).map(({ state, key }) => [state, key])).toEqual([
    ['matched', null],
    ['unmatched', null],
    ['proposed', '1'],
    ['unmatched', null],
    ['unmatched', null],
  ])
})
