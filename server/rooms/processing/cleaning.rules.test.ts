import { expect, it } from 'vitest'
import { cleanCell, cleaner } from './cleaning.rules.ts'

const all = { steps: ['white-space', 'width', 'empty-words'], emptyWords: ['-', '无'] } as const

it('mends white space, full width and words for nothing, and leaves the signs of Chinese names alone', () => {
  expect(cleanCell('　示例（天津）  公司 ', all)).toBe('示例（天津） 公司')
  expect(cleanCell('Ａ座１０２', all)).toBe('A座102')
  expect(cleanCell(' 无 ', all)).toBeNull()
  expect(cleanCell('无锡', all)).toBe('无锡')
  expect(cleanCell(' ', all)).toBeNull()
  expect([cleanCell(12.5, all), cleanCell(false, all), cleanCell(null, all)]).toEqual([12.5, false, null])
})

it('does no step that was not asked for, and counts the cells it changed', () => {
  const run = cleaner({ steps: ['width'], emptyWords: ['-'] })
  expect(run.row({ a: ' １ ', b: '-', c: 3 })).toEqual({ a: ' 1 ', b: '-', c: 3 })
  expect(run.row({ a: '1', b: '２', c: null })).toEqual({ a: '1', b: '2', c: null })
  expect(run.changed()).toBe(2)
})
