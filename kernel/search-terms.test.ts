import { describe, expect, it } from 'vitest'
import { queryTerms, searchTerms } from './search-terms.ts'

describe('search terms', () => {
  it('finds a Chinese word inside a longer title', () => {
    const title = new Set(searchTerms('企业登记信息（2026年）'))
    for (const term of queryTerms('登记信息')) expect(title).toContain(term)
  })

  it('asks for pairs, not for their single characters', () => {
    expect(queryTerms('登记')).toEqual(['登记'])
    expect(queryTerms('水')).toEqual(['水'])
  })

  it('takes any input as text', () => {
    expect(queryTerms(`'); drop table -- & | ! :* "`)).toEqual(['drop', 'table'])
    expect(queryTerms('')).toEqual([])
  })
})
