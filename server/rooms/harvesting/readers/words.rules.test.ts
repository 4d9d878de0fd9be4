import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cycleOf, keywordsOf, type Losses, line, plain, remoteIdOf, webAddress } from './words.rules.ts'

it('leaves plain words as they are', () => {
  const losses: Losses = new Set()
  for (const words of [
    '每月更新，1 < 2 且 3 > 2',
    '第一行\n\n第二行',
    'R&D 经费',
    '[说明](https://data.example.org/a)',
  ])
    expect(plain(words, 4_000, losses)).toBe(words)
  expect(losses).toEqual(new Set())
})

it.each([
  ['<script>alert(1)</script>水质', '水质'],
  ['<scr<script>x</script>ipt>alert(1)</script>完', '完'],
  ['&lt;img src=x onerror=alert(1)&gt;水', '水'],
  ['&amp;lt;script&amp;gt;', '&lt;script&gt;'],
  ['[看](javascript:alert(1)', '[看]'],
  ['一\u202e二\u0000三\u200b', '一二三'],
  ['<p>甲</p><p>乙</p>', '甲  乙'],
  ['没有结尾的 <script>alert(1)', '没有结尾的'],
])('takes what acts out of %s', (given, left) => {
  expect(plain(given, 4_000)).not.toMatch(/<\w|javascript:/)
  expect(
    plain(given, 4_000)
      .replace(/[()1]|alert|ipt>/g, '')
      .trim(),
  ).toBe(left.trim())
})

it('is bounded, storable and settled whatever it is given', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.integer({ min: 1, max: 300 }),
      (given, most) => {
        const words = plain(given, most)
        expect(words.length).toBeLessThanOrEqual(most)
        expect(words.isWellFormed()).toBe(true)
        expect(words).not.toMatch(/(?!\n|\t)\p{Cc}|\u202e|<script/u)
        expect(line(given, most)).not.toContain('\n')
      },
    ),
  )
  for (const given of [undefined, null, {}, [], true, Symbol('x')]) expect(plain(given, 10)).toBe('')
  const losses: Losses = new Set()
  expect(plain('长'.repeat(50), 10, losses)).toBe(`${'长'.repeat(9)}…`)
  expect(losses).toEqual(new Set(['cut']))
})

it('is quick with what is meant to keep it busy', () => {
  for (const given of [
    '<'.repeat(1e6),
    '<script'.repeat(1e5),
    '['.repeat(1e6),
    '&#'.repeat(1e6),
    '<!--'.repeat(1e5),
  ])
    expect(plain(given, 4_000).length).toBeLessThanOrEqual(4_000)
})

it('takes addresses of the web, ids without gaps, and known cycles', () => {
  expect(webAddress('https://data.example.org/a b')).toBe('https://data.example.org/a%20b')
  for (const address of ['javascript:alert(1)', 'file:///etc/passwd', 'https://a:b@data.example.org', '', 7])
    expect(webAddress(address)).toBe('')
  expect(remoteIdOf('https://data.example.org/数据/1')).toBe('https://data.example.org/数据/1')
  for (const id of ['', 'a b', 'a\u0000', '\ud800', 'x'.repeat(501), 7, null]) expect(remoteIdOf(id)).toBe('')
  expect(['MONTHLY', 'R/P1Y', '每日', 'http://x/frequency/ANNUAL', 'sometimes', 7].map(cycleOf)).toEqual([
    'monthly',
    'yearly',
    'daily',
    'yearly',
    '',
    '',
  ])
  const losses: Losses = new Set()
  expect(keywordsOf(['甲', '甲', '<b>乙</b>', '长'.repeat(41)], losses)).toEqual(['甲', '乙'])
  expect(losses).toEqual(new Set(['keywords']))
})
