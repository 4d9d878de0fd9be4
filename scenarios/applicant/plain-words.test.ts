import { loadRulebook } from '@tiaoli/server/foundations/rulebook/index'
import { describe, expect, it } from 'vitest'

const cities = ['chongqing-2022', 'tianjin-2018', 'beijing-2022', 'suzhou-2022', 'xiamen-2022']
const chinese = /\p{Script=Han}/u

/** Words for readers: each in its own language, and neither of them a key of the procedure's data. */
const expectPlain = (place: string, words: { zh: string; en: string }, key: string) => {
  expect([place, chinese.test(words.zh), words.zh.includes(key)]).toEqual([place, true, false])
  expect([place, /[a-z]{2}/.test(words.en), chinese.test(words.en)]).toEqual([place, true, false])
  if (key.includes('-')) expect([place, words.en.includes(key)]).toEqual([place, false])
}

describe('What a case tells whoever asked', () => {
  for (const city of cities) {
    const { procedures } = loadRulebook(new URL(`../../law/${city}/`, import.meta.url))

    it(`says in plain words of both languages where every case of ${city} stands and what is done`, () => {
      for (const procedure of procedures) {
        const at = (part: string) => `${city} ${procedure.key} ${part}`
        for (const { key, title, summary } of procedure.states) {
          expectPlain(at(key), title, key)
          expectPlain(at(`${key} summary`), summary, key)
        }
        for (const { key, title, summary, content } of procedure.acts) {
          expectPlain(at(key), title, key)
          expectPlain(at(`${key} summary`), summary, key)
          for (const field of content) expectPlain(at(`${key} ${field.key}`), field.title, field.key)
        }
        for (const { key, title } of procedure.clocks) expectPlain(at(key), title, key)
        for (const [key, { title }] of Object.entries(procedure.roles)) expectPlain(at(key), title, key)
      }
    })

    it(`names in ${city} who is to act in every state of what was asked that is no end`, () => {
      const asked = procedures.filter(({ roles }) =>
        Object.values(roles).some(({ from }) => from === 'opener'),
      )
      for (const { key, states, acts } of asked)
        for (const state of states.filter(({ outcome }) => outcome === undefined)) {
          // Where nobody has to act, such as a demand that nobody can meet, somebody still can.
          const waits = (state.waitsFor ?? []).length > 0
          const open = acts.some(({ from }) => from.includes(state.key))
          expect([key, state.key, open, waits || state.key === 'unmatched']).toEqual([
            key,
            state.key,
            true,
            true,
          ])
        }
    })
  }
})
