import { expect, it } from 'vitest'
import { en as enPortal } from './en.ts'
import { enDesk } from './en-desk.ts'
import { zh as zhPortal } from './zh.ts'
import { zhDesk } from './zh-desk.ts'

const zh = { ...zhPortal, ...zhDesk }
const en = { ...enPortal, ...enDesk }

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
