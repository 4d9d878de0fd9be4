import { describe, expect, it } from 'vitest'
import { loadRulebook, type Rulebook } from '../../foundations/rulebook/index.ts'
import {
  checkDraft,
  defaultType,
  faultsBeforeSubmission,
  firstState,
  statesToCheck,
  typeOf,
} from './catalogue.rules.ts'
import { entryContent } from './test-entry.ts'

const law = (id: string): Rulebook => loadRulebook(new URL(`../../../law/${id}/`, import.meta.url))
const chongqing = law('chongqing-2022')
const tianjin = law('tianjin-2018')

const basis = { rank: 'law', instrument: '某法', article: '第一条' }
const free = { type: 'unconditional' }
const field = { name: '名称', type: 'text', sensitivity: 'public' } as const
const assessment = { contains: '', personalInformation: false, conclusion: '可以共享' }
const complete = { fields: [field], sharing: free, opening: free, assessment }

const codeOf = (rulebook: Rulebook, draft: Parameters<typeof entryContent>[0]) => {
  const verdict = checkDraft(rulebook, entryContent(draft))
  return verdict.ok ? 'granted' : verdict.refusal.code
}
const faultsOf = (draft: Parameters<typeof entryContent>[0]) =>
  faultsBeforeSubmission(chongqing, entryContent(draft)).map(({ path, article }) => [path, article])

describe('what is refused as soon as it is written', () => {
  it('data that were received from another body, by the article of the city', () => {
    const received = { ...complete, sourceGrantId: '01890000-0000-7000-8000-000000000000' }
    expect(checkDraft(chongqing, entryContent(received))).toMatchObject({
      refusal: { code: 'received-data', article: chongqing.use.noOnwardSupply.article },
    })
    expect(checkDraft(tianjin, entryContent(received))).toMatchObject({
      refusal: { article: tianjin.use.noOnwardSupply.article },
    })
  })

  it.each([
    ['a type that the regulation does not know', { ...complete, sharing: { type: 'partial' } }, 'not-among'],
    ['two fields of one name', { ...complete, fields: [field, field] }, 'double-field'],
    [
      'two names that differ in capitals only, which no table can hold apart',
      {
        ...complete,
        fields: [
          { ...field, name: 'Code' },
          { ...field, name: 'code' },
        ],
      },
      'double-field',
    ],
    [
      'a key by which no row can be found',
      { ...complete, fields: [{ ...field, type: 'decimal' as const, key: true }] },
      'inexact-key',
    ],
    ['nothing that is in order', complete, 'granted'],
  ])('%s', (_, draft, code) => {
    expect(codeOf(chongqing, draft)).toBe(code)
  })

  it('a part of the catalogue that the regulation does not know', () => {
    expect(checkDraft(chongqing, { ...entryContent(complete), part: 'secret' })).toMatchObject({
      refusal: { code: 'not-among', paths: ['part'] },
    })
  })

  it('a basis of a rank that the type does not accept, with the ranks that would do', () => {
    const low = { type: 'conditional', conditions: '甲', basis: { ...basis, rank: 'normative-document' } }
    expect(checkDraft(chongqing, entryContent({ ...complete, opening: low }))).toMatchObject({
      refusal: { article: 'CQ-24.3', paths: ['opening.basis.rank'] },
    })
    expect(codeOf(chongqing, { ...complete, opening: { ...low, basis } })).toBe('granted')
  })
})

describe('what must be there before an entry leaves its provider', () => {
  it('nothing more where all is there', () => {
    expect(faultsOf(complete)).toEqual([])
  })

  it('all that is missing is told at once, each with its article', () => {
    const bare = { type: 'conditional' }
    expect(faultsOf({ ...complete, sharing: bare, opening: bare, assessment: null })).toEqual([
      ['assessment', 'CQ-24.2-a'],
      ['sharing.conditions', 'CQ-22.1-b'],
      ['sharing.basis', 'CQ-24.3'],
      ['opening.conditions', 'CQ-22.1-b'],
      ['opening.basis', 'CQ-24.3'],
    ])
  })

  it('a conclusion: an assessment without one is none', () => {
    expect(faultsOf({ ...complete, assessment: { ...assessment, conclusion: ' ' } })).toEqual([
      ['assessment', 'CQ-24.2-a'],
    ])
  })

  it('fields', () => {
    expect(faultsOf({ ...complete, fields: [] }).map(([path]) => path)).toContain('fields')
  })
})

describe.each([chongqing, tianjin])('$id', (rulebook) => {
  it('starts an entry with its own principle, or with what gives nothing away', () => {
    const stated = rulebook.catalogue.defaultSharingType?.key
    const sharing = defaultType(rulebook, 'sharing')
    expect(stated === undefined ? typeOf(rulebook, 'sharing', sharing)?.effect : sharing).toBe(
      stated ?? 'closed',
    )
    expect(typeOf(rulebook, 'opening', defaultType(rulebook, 'opening'))?.effect).toBe('closed')
  })

  it('tells where an entry begins and where others have to look at it', () => {
    expect(statesToCheck(rulebook)).not.toContain(firstState(rulebook))
    expect(statesToCheck(rulebook)).toEqual(['submitted', 'confirmed'])
  })
})
