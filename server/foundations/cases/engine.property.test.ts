import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listRulebooks, loadRulebook, type Procedure } from '../rulebook/index.ts'
import type { ActContent, Actor } from './cases.types.ts'
import { foldCase } from './fold.ts'
import { holders, openPureCase, people } from './test-kit.ts'

const law = new URL('../../../law/', import.meta.url)
const procedures = listRulebooks(law)
  .map(({ folder }) => loadRulebook(folder))
  .flatMap((rulebook) => rulebook.procedures.map((procedure) => ({ rulebook, procedure, id: rulebook.id })))

/** Content that satisfies every field of an act. */
function contentFor(procedure: Procedure, actKey: string): ActContent {
  const act = procedure.acts.find(({ key }) => key === actKey)
  const sample = {
    text: () => '说明',
    date: () => '2022-12-31',
    organisation: () => 'tourism',
    entry: () => 'entry-1',
    undertaking: () => true,
    masks: () => ({}),
    rows: () => [{ field: '姓名', operator: 'eq', values: ['示例'] }],
    limits: () => ({ rowsPerDay: 100 }),
    fields: () => ['姓名'],
    choice: (choices: readonly { key: string }[]) => choices[0]?.key,
    basis: (_: unknown, ranks: readonly string[]) => ({
      instrument: '某法',
      rank: ranks[0],
      article: '第一条',
    }),
  }
  return Object.fromEntries(
    (act?.content ?? []).map((field) => [
      field.key,
      sample[field.kind](field.choices ?? [], field.ranks ?? []),
    ]),
  )
}

const start = Date.parse('2022-07-04T02:00:00.000Z')

describe.each(procedures)('$id $procedure.key, whatever anyone tries', ({ rulebook, procedure }) => {
  /** Somebody whom the procedure lets open it. */
  function openerOf(): Actor {
    const opener = Object.values(procedure.roles).find((binding) => binding.from === 'opener')
    if (opener === undefined) return people.provider
    const held = new Set((opener.holding?.roles ?? []).flatMap((role) => holders[role] ?? []))
    const entitled = ({ organisationId }: Actor) =>
      opener.holding === undefined || held.has(organisationId ?? '')
    return [people.applicant, ...Object.values(people)].find(entitled)!
  }
  const opening = procedure.acts.find(({ from }) => from.length === 0)!
  const attempt = fc.record({
    act: fc.constantFrom(...procedure.acts.map(({ key }) => key)),
    actor: fc.constantFrom<Actor>(...Object.values(people)),
    hoursLater: fc.integer({ min: 0, max: 24 * 6 }),
  })

  it('keeps the history whole, the end an end, and its promises of what is allowed', () => {
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 25 }), (attempts) => {
        let now = start
        const one = openPureCase(
          rulebook,
          procedure.key,
          openerOf(),
          new Date(now).toISOString(),
          contentFor(procedure, opening.key),
        )
        for (const { act, actor, hoursLater } of attempts) {
          now += hoursLater * 3_600_000
          const at = new Date(now).toISOString()
          const before = one.state
          const offered = one.allowed(actor, at).find((allowed) => allowed.act === act)
          const done = one.act(act, actor, at, contentFor(procedure, act)).ok

          expect(done).toBe(offered !== undefined && offered.blocked === undefined)
          if (!done) expect(one.state).toBe(before)
          if (before.outcome !== null) expect(done).toBe(false)
          if (one.state.outcome !== null) expect(one.state.clocks.some(({ running }) => running)).toBe(false)
        }
        const { events, ...header } = one.state
        expect(foldCase(procedure, header, events)).toEqual(one.state)
        expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1))
      }),
      { numRuns: 150 },
    )
  })

  it('can be brought to an end from every state', () => {
    const reaches = new Set(
      procedure.states.filter(({ outcome }) => outcome !== undefined).map(({ key }) => key),
    )
    for (let grew = true; grew; ) {
      const leading = procedure.acts
        .filter((act) => act.to !== undefined && reaches.has(act.to))
        .flatMap((act) => act.from)
        .filter((state) => !reaches.has(state))
      for (const state of leading) reaches.add(state)
      grew = leading.length > 0
    }
    expect([...reaches].sort()).toEqual(procedure.states.map(({ key }) => key).sort())
  })
})
