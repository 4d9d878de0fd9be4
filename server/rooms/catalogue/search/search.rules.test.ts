import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAnalyser } from '../../vocabulary/analyser.ts'
import { indexedOf } from './indexed.rules.ts'
import { rangesIn } from './marks.rules.ts'
import { inParts, readQuery, required, searchOf, wholly } from './query.rules.ts'

const analyser = createAnalyser({ version: 1, words: [], synonyms: [] }, ['示例市'])
const words = (q: string) =>
  readQuery(q, analyser).concepts.map(({ forms }) => {
    const [form] = forms
    return form?.kind === 'word' ? form.text : form?.kind
  })
const entry = (title: string) =>
  indexedOf(
    { title, summary: '', keywords: [], fields: [], number: '', organisation: ['示例局', 'Example Bureau'] },
    analyser,
  )
const marked = (text: string, q: string) =>
  rangesIn(text, readQuery(q, analyser)).map(([from, to]) => text.slice(from, to))

describe('a query', () => {
  it('is cut into words by the dictionary; what tells nothing is left out', () => {
    expect(words('住房公积金贷款')).toEqual(['住房公积金', '贷款'])
    expect(words('哪里有公共停车场')).toEqual(['公共', '停车场'])
    expect(words('不动产登记')).toEqual(['不动产登记'])
  })

  it('asks for no word that nearly every entry has, unless for nothing else', () => {
    const needed = (q: string) => required(readQuery(q, analyser)).length
    expect(needed('示例市停车场信息')).toBe(1)
    expect(needed('信息')).toBe(1)
  })

  it('is the same in traditional characters, in full width and in capitals', () => {
    expect(readQuery('企業登記', analyser)).toEqual(readQuery('企业登记', analyser))
    expect(readQuery('ＰＭ２．５', analyser)).toEqual(readQuery('pm2.5', analyser))
  })

  it('in letters may be English, pinyin or its first letters', () => {
    const kinds = (q: string) =>
      readQuery(q, analyser).concepts.map(({ forms }) => forms.map(({ kind }) => kind))
    expect(kinds('fangan')).toEqual([['word', 'syllables', 'syllables', 'initials']])
    expect(kinds('qi ye')).toEqual([['word', 'syllables']])
    expect(kinds('qydj')).toEqual([['word', 'initials']])
  })

  it('asks for characters together that were typed together and are no words, before it asks for them anywhere', () => {
    expect(wholly(readQuery('石南镇停车', analyser))).toEqual([
      "(('石')) & (('南')) & (('镇')) & (('停车')) & '石南' & '南镇'",
      "(('石')) & (('南')) & (('镇')) & (('停车'))",
    ])
    expect(wholly(readQuery('石南', analyser), true)[0]).toContain("'t:石南'")
    expect(wholly(readQuery('石 南', analyser))).toHaveLength(1)
  })

  it('is answered in part by what lacks one thing, then by titles that have any, then by whatever has any', () => {
    expect(inParts(readQuery('石南停车', analyser))).toEqual([
      "((('南')) & (('停车'))) | ((('石')) & (('停车'))) | ((('石')) & (('南')))",
      "(('t:石')) | (('t:南')) | (('t:停车'))",
      "(('石')) | (('南')) | (('停车'))",
    ])
    expect(inParts(readQuery('石停车', analyser))).toHaveLength(2)
  })

  it('is never a syntax: terms of letters and digits, in quotes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (q) => {
        const query = readQuery(q, analyser)
        const search = searchOf(query.concepts, '&')
        expect(search.replace(/'[^'\\]+'/g, 'x')).toMatch(/^[x&|:*() ]*$/)
        expect(search).not.toContain('()')
        for (const each of wholly(query)) expect(each.replace(/'[^'\\]+'/g, 'x')).toMatch(/^[x&|:*() ]*$/)
      }),
    )
  })
})

describe('an entry in the index', () => {
  it('has the words of its title, the words inside longer ones, and the title without generic ending', () => {
    const { words: cut, core, syllables, initials } = entry('公共停车场信息')
    expect(cut).toContain(' 停车场 ')
    expect(cut).toContain(' 停车 ')
    expect(core).toBe('公共停车场')
    expect(syllables).toBe(' gong ting che chang xin xi ')
    expect(initials).toBe('ggtccxx')
  })

  it('is not called Hainan because it is at the southern railway station of Shanghai', () => {
    expect(entry('上海南站').words).not.toContain(' 海南 ')
  })

  it('of any title and any length can be stored', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (title) => {
        const { terms } = entry(title)
        expect(terms.every((term) => term !== '' && !term.includes('\0'))).toBe(true)
      }),
    )
  })
})

describe('marks', () => {
  it('stand where the text has what was asked for, whatever way it was typed', () => {
    expect(marked('企业登记信息', '登记')).toEqual(['登记'])
    expect(marked('企業登記資料', '企业')).toEqual(['企業'])
    expect(marked('公共停车场信息', 'tingche')).toEqual(['停车'])
    expect(marked('公共停车场信息', 'tcc')).toEqual(['停车场'])
    expect(marked('公共停车场信息', 'tingch')).toEqual(['停车'])
    expect(marked('ＰＭ２．５监测', 'pm2')).toEqual(['ＰＭ２'])
    expect(marked('医疗机构名单', '医院')).toEqual(['医疗机构'])
    expect(marked('repair of fair parks', 'park')).toEqual(['park'])
  })

  it('lie within the text, in order, apart from each other', () => {
    const some = fc.string({ unit: fc.constantFrom(...'企业登记公司ab 信息ü😀'), maxLength: 40 })
    fc.assert(
      fc.property(some, some, (text, q) => {
        let end = -1
        for (const [from, to] of rangesIn(text, readQuery(q, analyser))) {
          expect(from).toBeGreaterThan(end)
          expect(to).toBeGreaterThan(from)
          end = to
        }
        expect(end).toBeLessThanOrEqual(text.length)
      }),
    )
  })
})
