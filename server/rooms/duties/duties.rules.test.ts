import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Organisation } from '../../foundations/identity/index.ts'
import type { Duty } from './duties.model.ts'
import { addMonths, nextDueOn, ownersOf, standingOf } from './duties.rules.ts'

const instrument = { zh: '示例办法', en: 'Demo rules' }
const filed = (coveredUntil: string | null) => ({ count: 1, lastAt: new Date(0), coveredUntil })

describe('dates of a target', () => {
  it('keeps the day, or takes the last of a shorter month', () => {
    expect(addMonths('2023-01-31', 1)).toBe('2023-02-28')
    expect(addMonths('2023-01-31', 13)).toBe('2024-02-29')
    expect(addMonths('2023-11-30', 3)).toBe('2024-02-29')
  })

  it('goes on after what was covered, and ends where it is due once', () => {
    const yearly = { firstDueOn: '2023-06-30', everyMonths: 12, instrument }
    expect(nextDueOn(yearly, filed(null))).toBe('2023-06-30')
    expect(nextDueOn(yearly, filed('2023-06-30'))).toBe('2024-06-30')
    expect(nextDueOn({ ...yearly, everyMonths: null }, filed('2023-06-30'))).toBeNull()
  })

  it('is always after what was covered, by no more than one interval', () => {
    const months = fc.integer({ min: 1, max: 120 })
    fc.assert(
      fc.property(months, fc.integer({ min: 0, max: 200 }), (everyMonths, rounds) => {
        const firstDueOn = '2023-01-31'
        const covered = addMonths(firstDueOn, rounds * everyMonths)
        const next = nextDueOn({ firstDueOn, everyMonths, instrument }, filed(covered))!
        expect(next > covered).toBe(true)
        expect(next).toBe(addMonths(firstDueOn, (rounds + 1) * everyMonths))
      }),
    )
  })
})

describe('where an owner stands', () => {
  const once = { firstDueOn: '2023-06-30', everyMonths: null, instrument }
  const nothing = { count: 0, lastAt: null, coveredUntil: null }

  it('is never late without a target', () => {
    expect(standingOf(undefined, nothing, '2099-01-01')).toEqual({ state: 'open', nextDueOn: null })
  })

  it('is late from the day after the date', () => {
    expect(standingOf(once, nothing, '2023-05-30').state).toBe('open')
    expect(standingOf(once, nothing, '2023-05-31').state).toBe('due-soon')
    expect(standingOf(once, nothing, '2023-06-30').state).toBe('due-soon')
    expect(standingOf(once, nothing, '2023-07-01').state).toBe('late')
    expect(standingOf(once, filed('2023-06-30'), '2024-07-01').state).toBe('on-file')
  })
})

describe('who answers for a duty', () => {
  const organisation = (id: string, kind: Organisation['kind']): Organisation => ({
    id,
    name: { zh: id, en: id },
    kind,
    level: 'city',
    creditCode: '',
    roles: [],
    budgetFunded: true,
  })
  const all = [
    organisation('authority', 'authority'),
    organisation('police', 'department'),
    organisation('water', 'public-service'),
  ]
  const duty = (parts: object) =>
    ({ actor: 'department', coActors: [], bearers: [], ...parts }) as never as Duty
  const owners = (parts: object, named: string[] = []) =>
    ownersOf(duty(parts), named, all, new Set(['政务部门'])).map(({ id }) => id)

  it('is everyone of the kind, and of every further kind that the text names', () => {
    expect(owners({})).toEqual(['police'])
    expect(owners({ coActors: ['public-service-org'] })).toEqual(['police', 'water'])
    expect(owners({ bearers: [{ zh: '政务部门', en: 'government department' }] })).toEqual(['police'])
    expect(owners({ actor: 'processor' })).toEqual(['authority', 'police', 'water'])
  })

  it('is nobody yet where the text names one department by its field', () => {
    expect(owners({ bearers: [{ zh: '发展改革部门', en: 'development and reform' }] })).toEqual([])
  })

  it('is whoever the authority has named, and nobody else', () => {
    expect(owners({}, ['water'])).toEqual(['water'])
  })
})
