import { expect, it } from 'vitest'
import { en, zh } from './whole.ts'
import { zh as zhFirst } from './zh.ts'
import { zhDesk } from './zh-desk.ts'
import { zhPortal } from './zh-portal.ts'

/** Every key of a catalogue with the kind of its value, so that two languages can be compared as lists. */
function shape(value: unknown, path = ''): string[] {
  if (typeof value === 'function') return [`${path}: function of ${value.length}`]
  if (typeof value !== 'object' || value === null) return [`${path}: ${typeof value}`]
  return Object.entries(value).flatMap(([key, part]) => shape(part, path ? `${path}.${key}` : key))
}

it('says the same things in both languages', () => {
  expect(shape(en).sort()).toEqual(shape(zh).sort())
})

it('leaves no text empty', () => {
  const texts = (value: unknown): unknown[] =>
    typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [value]
  expect([...texts(zh), ...texts(en)].filter((text) => text === '')).toEqual([])
})

it('does not shout', () => {
  expect(JSON.stringify([zh, en])).not.toMatch(/[!！]/)
})

it('says everything in one part alone: of two, the later would hide the earlier', () => {
  const words = [zhFirst, zhPortal, zhDesk].flatMap((part) =>
    Object.entries(part).flatMap(([section, given]) =>
      Object.keys(given).map((word) => `${section}.${word}`),
    ),
  )
  expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([])
})
