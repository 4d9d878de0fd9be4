import { describe, expect, it } from 'vitest'
import { changedAtOf, isEntryStale, isSameServer, rowUrl, tableOf } from './connections.rules.ts'

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
  expect(isSameServer('postgresql://a.example/x', 'postgresql://b.example/x')).toBe(false)
  expect(isSameServer('postgresql://a.example/x', 'postgresql://a.example/y')).toBe(true)
  expect(isSameServer(null, 'https://a.example')).toBe(false)
})

it('takes only moments that the store has a form for', () => {
  expect(changedAtOf({ changedAt: '2023-06-01T00:00:00Z' })).toEqual(new Date('2023-06-01T00:00:00Z'))
  for (const word of ['+275760-09-13T00:00:00Z', '-000001-01-01T00:00:00Z', 'lately', 5])
    expect(changedAtOf({ changedAt: word })).toBeNull()
})

it('holds the data of an entry to its own update cycle, and to the limit of the system in real time', () => {
  const changed = new Date('2023-06-01T00:00:00Z')
  const stale = (updateCycle: string | null, limitSeconds: number | null, now: string) =>
    isEntryStale({ updateCycle, limitSeconds }, changed, new Date(now))
  expect(stale('real-time', 60, '2023-06-01T00:01:00Z')).toBe(false)
  expect(stale('real-time', 60, '2023-06-01T00:01:01Z')).toBe(true)
  // The limit of the system is no limit for an entry that promises less.
  expect(stale('daily', 60, '2023-06-02T00:00:00Z')).toBe(false)
  expect(stale('daily', 60, '2023-06-02T00:00:01Z')).toBe(true)
  expect(stale('irregular', 60, '2024-06-01T00:00:00Z')).toBe(false)
  expect(isEntryStale({ updateCycle: 'daily', limitSeconds: null }, null, changed)).toBe(false)
})

it('takes a column by the name of its field where nothing else is said, and no field that the entry has not', () => {
  const place = { schema: 'public', name: 'stops', changedColumn: null }
  const columns = [{ field: '名称', column: 'name' }]
  expect(tableOf({ ...place, columns }, ['编号', '名称'])?.columns).toEqual([
    { field: '编号', column: '编号' },
    { field: '名称', column: 'name' },
  ])
  expect(tableOf({ ...place, columns }, ['编号'])).toBeUndefined()
})
