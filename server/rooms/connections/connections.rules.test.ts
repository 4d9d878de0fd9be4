import { describe, expect, it } from 'vitest'
import { changedAtOf, isSameServer, rowUrl } from './connections.rules.ts'

describe('the address of a row at its source', () => {
  const base = 'https://source.example/api/'
  it('lies under the base, one segment for the whole key', () => {
    expect(rowUrl(base, ['91500000'])?.href).toBe('https://source.example/api/rows/91500000')
    expect(rowUrl(base, ['a/b?c#d', '二'])?.href).toBe(
      'https://source.example/api/rows/a%2Fb%3Fc%23d~%E4%BA%8C',
    )
  })
  it('is not that of another key whose parts join to the same', () => {
    expect(rowUrl(base, ['a~b', 'c'])?.href).not.toBe(rowUrl(base, ['a', 'b~c'])?.href)
  })
  it.each(['.', '..', ''])('leads nowhere else for the key “%s”', (key) => {
    expect(rowUrl(base, [key])).toBeUndefined()
  })
})

it('knows the server to which a token was given', () => {
  expect(isSameServer('https://a.example/api', 'https://a.example/v2')).toBe(true)
  expect(isSameServer('https://a.example/api', 'https://b.example/api')).toBe(false)
  expect(isSameServer('https://a.example/api', 'http://a.example/api')).toBe(false)
  expect(isSameServer('https://a.example', 'https://a.example:8443')).toBe(false)
  expect(isSameServer('https://a.example', null)).toBe(false)
  expect(isSameServer(null, 'https://a.example')).toBe(false)
})

it('takes only moments that the store has a form for', () => {
  expect(changedAtOf({ changedAt: '2023-06-01T00:00:00Z' })).toEqual(new Date('2023-06-01T00:00:00Z'))
  for (const word of ['+275760-09-13T00:00:00Z', '-000001-01-01T00:00:00Z', 'lately', 5])
    expect(changedAtOf({ changedAt: word })).toBeNull()
})
