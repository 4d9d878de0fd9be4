import { text } from '@tiaoli/kernel/text'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { dayMs, digestOf, mayTell, noticeOf, roundAfter, toldUpTo, wordsOfSearch } from './digest.rules.ts'
import { changeKinds, type EntryChange } from './subscriptions.model.ts'

const at = (time: string) => new Date(`2026-09-01T${time}:00Z`)
const change = (entryId: string, kind: EntryChange['kind'], title = entryId): EntryChange => ({
  ...{ id: '', entryId, kind, title, providerId: 'market', at: at('00:00') },
})

it('leaves a change the time to settle before it is told of', () => {
  expect(roundAfter(at('10:01'))).toEqual(at('11:00'))
  expect(roundAfter(at('10:55'))).toEqual(at('11:00'))
  expect(roundAfter(at('10:56'))).toEqual(at('12:00'))
  const moment = fc.date({ noInvalidDate: true, min: at('00:00'), max: at('23:59') })
  fc.assert(fc.property(moment, (each) => toldUpTo(roundAfter(each)) >= each))
})

it('tells once a day at most', () => {
  const now = at('12:00')
  expect(mayTell({ toldAt: null }, now)).toBe(true)
  expect(mayTell({ toldAt: new Date(now.getTime() - dayMs + 1) }, now)).toBe(false)
  expect(mayTell({ toldAt: new Date(now.getTime() - dayMs) }, now)).toBe(true)
})

it('says of each entry what happened, once, under its last title', () => {
  const changes = [
    change('a', 'data', '甲'),
    change('b', 'version'),
    change('a', 'data'),
    change('a', 'version', '甲二'),
  ]
  expect(digestOf(changes, () => true)).toEqual([
    { entryId: 'a', title: '甲二', kinds: ['data', 'version'] },
    { entryId: 'b', title: 'b', kinds: ['version'] },
  ])
})

it('says of an entry that is no longer published nothing but that', () => {
  const kind = fc.constantFrom(...changeKinds)
  fc.assert(
    fc.property(fc.array(kind), (kinds) => {
      const changes = kinds.map((each) => change('a', each))
      const gone = digestOf(changes, () => false)
      expect(gone.flatMap((each) => each.kinds)).toEqual(kinds.includes('withdrawn') ? ['withdrawn'] : [])
      expect(digestOf(changes, () => true).flatMap((each) => each.kinds)).not.toContain('withdrawn')
    }),
  )
})

it('names ten entries and counts the rest', () => {
  const digest = Array.from({ length: 12 }, (_, index) => ({
    title: `条目${index}`,
    kinds: ['data' as const],
  }))
  const { title, body } = noticeOf(text('检索“停车”', 'Search “parking”'), digest)
  expect(title).toEqual(
    text('您订阅的检索“停车”有 12 个条目发生变化', 'Search “parking”: 12 entries have changed'),
  )
  expect(body.zh).toContain('“条目9”数据更新；另有 2 个条目。')
  expect(body.zh).not.toContain('条目10')
})

it('puts a search into words', () => {
  const words = wordsOfSearch({ q: '停车', theme: 'transport', organisation: 'city' }, () =>
    text('城管局', 'City'),
  )
  expect(words).toEqual(text('检索 “停车”，交通出行，城管局', 'Search “停车”, Transport, City'))
})
