import type { ProcedureView } from '@tiaoli/contract/rulebook'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type City, openCity } from '../kit/city.ts'

const chinese = /\p{Script=Han}/u

/** Words for readers: each in its own language, and neither of them a key of the procedure's data. */
const expectPlain = (place: string, words: { zh: string; en: string }, key: string) => {
  expect([place, chinese.test(words.zh), words.zh.includes(key)]).toEqual([place, true, false])
  expect([place, /[a-z]{2}/.test(words.en), chinese.test(words.en)]).toEqual([place, true, false])
  if (key.includes('-')) expect([place, words.en.includes(key)]).toEqual([place, false])
}

describe.each(['chongqing', 'tianjin', 'beijing', 'suzhou', 'xiamen'])(
  'What a case tells whoever asked in %s',
  (name) => {
    let city: City
    let procedures: readonly ProcedureView[]
    beforeAll(async () => {
      city = await openCity(name)
      const answer = await city.visitor.get('/api/v1/rulebook/procedures')
      expect(answer.status).toBe(200)
      procedures = answer.body.items
      expect(procedures.map(({ key }) => key)).toEqual(
        expect.arrayContaining(['catalogue-entry', 'sharing-request', 'opening-request']),
      )
    })
    afterAll(() => city.close())

    it('says in plain words of both languages where every case stands and what is done', () => {
      for (const procedure of procedures) {
        const at = (part: string) => `${procedure.key} ${part}`
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
        for (const { key, term } of procedure.roles) expectPlain(at(key), term, key)
      }
    })

    it('names who is to act in every state of what was asked that is no end', () => {
      for (const { key, states, acts } of procedures.filter(({ opensHere }) => opensHere))
        for (const state of states.filter(({ outcome }) => outcome === null)) {
          // Where nobody has to act, such as a demand that nobody can meet, somebody still can.
          const waits = state.waitsFor.length > 0
          const open = acts.some(({ from }) => from.includes(state.key))
          expect([key, state.key, open, waits || state.key === 'unmatched']).toEqual([
            key,
            state.key,
            true,
            true,
          ])
        }
    })
  },
)
