import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { EntryCondition } from '../../catalogue/index.ts'
import { readSolr, SolrSyntaxError } from './solr.rules.ts'

const now = new Date('2026-09-01T00:00:00Z')
const free: EntryCondition = { kind: 'taken-freely', openingTypes: ['unconditional'] }
const read = (query: string) => readSolr(query, now, free)
const is = (what: 'organisation' | 'theme' | 'keyword' | 'id', ...values: string[]) => ({
  kind: 'is' as const,
  what,
  values,
})

it('refuses what is no query, and says what is wrong with it', () => {
  for (const [query, wrong] of [
    ['organization:', 'organization has no value'],
    ['(organization:a', 'a bracket is not closed'],
    ['organization:a)', 'a bracket is closed that was not opened'],
    ['password:x', 'undefined field password'],
    ['constructor:x', 'undefined field constructor'],
    ['metadata_modified:[yesterday TO *]', 'yesterday is no moment'],
    ['metadata_modified:[2024-01-01]', 'a range is written [from TO to]'],
    ['organization:[a TO b]', 'organization takes no range'],
    ['"open', 'unexpected "'],
    ['NOT 企业', 'free words cannot be excluded; name their field'],
    ['企业 OR groups:a', 'free words cannot be joined by OR; name their field'],
    ['('.repeat(50), 'nested too deeply'],
    ['a '.repeat(1001), 'more than 1000 parts'],
    ['a'.repeat(8001), 'longer than 8000 characters'],
  ] as const)
    expect(() => read(query)).toThrow(new SolrSyntaxError(wrong))
})

it('reads what harvesters send', () => {
  expect(read('organization:(market OR civil)').condition).toEqual({
    kind: 'any',
    of: [is('organisation', 'market'), is('organisation', 'civil')],
  })
  expect(read('(groups:a+OR+groups:b)'.replaceAll('+', ' ')).condition).toEqual({
    kind: 'any',
    of: [is('theme', 'a'), is('theme', 'b')],
  })
  expect(read('+organization:market -tags:"企业 登记"').condition).toEqual({
    kind: 'all',
    of: [is('organisation', 'market'), { kind: 'not', of: is('keyword', '企业 登记') }],
  })
  expect(read('metadata_modified:[2024-05-01T00:00:00Z TO *]').condition).toEqual({
    kind: 'modified',
    from: new Date('2024-05-01T00:00:00Z'),
    to: null,
  })
  expect(read('metadata_modified:[NOW-7DAYS TO NOW]').condition).toEqual({
    kind: 'modified',
    from: new Date('2026-08-25T00:00:00Z'),
    to: now,
  })
  expect(read('res_format:CSV').condition).toEqual(free)
  expect(read('res_format:PDF').condition).toEqual({ kind: 'any', of: [] })
  expect(read('*:*')).toEqual({ words: '', condition: { kind: 'all', of: [] } })
  expect(read('企业 登记 AND state:active')).toEqual({
    words: '企业 登记',
    condition: {
      kind: 'all',
      of: [
        { kind: 'all', of: [] },
        { kind: 'all', of: [] },
        { kind: 'all', of: [] },
      ],
    },
  })
})

it('takes any text at all: it is read or refused, and never anything else', () => {
  const bits = fc.constantFrom(
    'AND',
    'OR',
    'NOT',
    '(',
    ')',
    ':',
    '"',
    '[',
    ' TO ',
    ']',
    '*',
    '\\',
    '-',
    '企',
    'groups',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(bits).map((all) => all.join('')),
      ),
      (query) => {
        try {
          read(query)
        } catch (error) {
          expect(error).toBeInstanceOf(SolrSyntaxError)
        }
      },
    ),
  )
})
