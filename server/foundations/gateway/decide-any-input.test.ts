import type { RowFilter } from '@tiaoli/kernel/row-filters'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import type { DecideInput } from './decide.types.ts'
import type { Caller, EntryFacts, FieldFacts, GrantFacts } from './gateway.types.ts'
import { useRules, withDeclaredDuty } from './test-facts.ts'
import type { Step } from './trace.ts'

const ids = fc.constantFrom('a', 'b', 'c')
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const fieldNames = ['f0', 'f1', 'f2', 'f3', '__proto__', 'constructor']
const someFields = fc.subarray(fieldNames)
const effects = fc.constantFrom('free' as const, 'by-request' as const, 'closed' as const)
const instants = fc.oneof(
  fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString()),
  fc.string(),
)

const callers: fc.Arbitrary<Caller> = fc.record({
  userId: orNull(ids),
  organisationId: orNull(ids),
  publicBody: fc.boolean(),
  apiKeyId: orNull(ids),
  keyGrantId: orNull(ids),
})
const fieldFacts = fc
  .array(
    fc.record({
      type: fc.constantFrom<FieldFacts['type']>('text', 'integer', 'phone', 'date', 'identity-number'),
      sensitivity: fc.constantFrom<FieldFacts['sensitivity']>('public', 'internal', 'personal', 'sensitive'),
    }),
    { maxLength: fieldNames.length },
  )
  .map((fields) => fields.map((field, index): FieldFacts => ({ name: fieldNames[index]!, ...field })))
const entries: fc.Arbitrary<EntryFacts> = fc.record({
  id: ids,
  providerId: ids,
  published: fc.boolean(),
  grade: fc.constantFrom(null, 'general-1' as const, 'important' as const, 'core' as const),
  sharing: fc.record({ effect: effects, article: fc.constant('XX-24') }),
  opening: fc.record({ effect: effects, article: fc.constant('XX-27') }),
  fields: fieldFacts,
})
const grantFacts: fc.Arbitrary<GrantFacts> = fc.record({
  id: ids,
  entryId: ids,
  organisationId: orNull(ids),
  userId: orNull(ids),
  fields: someFields,
  masks: fc.dictionary(
    fc.constantFrom(...fieldNames),
    fc.constantFrom('partial' as const, 'hidden' as const),
  ),
  scenario: ids,
  caseId: ids,
  article: fc.constant('XX-26'),
  rows: fc.constantFrom<RowFilter>(
    [],
    [{ field: 'f0', type: 'text', operator: 'eq', values: ['甲'] }],
    [{ field: 'constructor', type: 'date', operator: 'notnull', values: [] }],
  ),
  limits: fc.constantFrom({ rowsPerDay: 5 }, { requestsPerMinute: 2, rowsPerRequest: 3 }),
  validUntil: orNull(instants),
  revokedAt: orNull(instants),
})
const inputs: fc.Arbitrary<DecideInput> = fc.record({
  caller: callers,
  entry: entries,
  grants: fc.array(grantFacts, { maxLength: 4 }),
  use: fc.constantFrom(useRules, withDeclaredDuty),
  purpose: fc.record({ grantId: ids, scenario: ids }, { requiredKeys: [] }),
  wantedFields: fc.option(someFields, { nil: undefined }),
  usedFields: fc.option(someFields, { nil: undefined }),
  used: fc.constantFrom(
    new Map(),
    new Map([['a', { rowsToday: 5, requestsThisMinute: 0 }]]),
    new Map([['b', { rowsToday: 0, requestsThisMinute: 2 }]]),
  ),
  act: fc.constantFrom('row' as const, 'page' as const, 'aggregate' as const, 'export' as const),
  now: fc.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }),
})

const always = (property: (input: DecideInput) => void) =>
  fc.assert(fc.property(inputs, property), { numRuns: 5_000 })

describe('decide, for any input', () => {
  it('answers, and every refusal says why and what to do', () => {
    always((input) => {
      const verdict = decide(input)
      if (verdict.ok) return
      for (const said of [verdict.refusal.condition, verdict.refusal.remedy]) {
        expect(said.zh).not.toBe('')
        expect(said.en).not.toBe('')
      }
    })
  })

  it('plans no field that its ground does not give', () => {
    always((input) => {
      const verdict = decide(input)
      if (!verdict.ok) return
      const plan = verdict.value
      const facts = new Map(input.entry.fields.map((field) => [field.name, field]))
      const used = input.grants.find((each) => each.id === plan.grantId && each.fields.length > 0)
      for (const field of plan.fields) {
        const { sensitivity } = facts.get(field.name)!
        if (plan.basis === 'own') expect(input.caller.organisationId).toBe(input.entry.providerId)
        if (plan.basis === 'granted')
          expect(
            input.grants.some((each) => each.id === plan.grantId && each.fields.includes(field.name)),
          ).toBe(true)
        if (plan.basis === 'shared') {
          expect(input.caller.publicBody && input.entry.sharing.effect === 'free').toBe(true)
          expect(sensitivity).not.toBe('sensitive')
          if (sensitivity === 'personal') expect(field.mask).toBe('partial')
        }
        if (plan.basis === 'open') {
          expect(input.entry.opening.effect).toBe('free')
          expect(sensitivity).toBe('public')
        }
      }
      expect(plan.basis === 'granted').toBe(plan.grantId !== null)
      expect(plan.basis !== 'granted' || used !== undefined).toBe(true)
    })
  })

  it('never gives all rows of a grant of some, nor anything under limits that are used up', () => {
    always((input) => {
      const verdict = decide(input)
      if (!verdict.ok || verdict.value.basis !== 'granted') return
      const { grantId, rowFilter, limits } = verdict.value
      const carrying = input.grants.filter(
        (each) =>
          each.id === grantId &&
          (each.rows?.length ? each.rows : undefined) === rowFilter &&
          each.limits === limits,
      )
      expect(carrying.length).toBeGreaterThan(0)
      const types = new Map(input.entry.fields.map(({ name, type }) => [name, type as string]))
      for (const { field, type } of rowFilter ?? []) expect(types.get(field)).toBe(type)
      const { rowsToday = 0, requestsThisMinute = 0 } = input.used?.get(grantId!) ?? {}
      expect(rowsToday).toBeLessThan(limits?.rowsPerDay ?? Infinity)
      expect(requestsThisMinute).toBeLessThan(limits?.requestsPerMinute ?? Infinity)
    })
  })

  it('never gives important or core data without a decision', () => {
    always((input) => {
      const verdict = decide(input)
      const { grade } = input.entry
      if (verdict.ok && (grade === 'important' || grade === 'core'))
        expect(['own', 'granted']).toContain(verdict.value.basis)
    })
  })

  it('never rests on a grant that is revoked, expired, or not the caller’s', () => {
    always((input) => {
      const dead = input.grants.map((each) => ({ ...each, revokedAt: '2020-01-01T00:00:00.000Z' }))
      const past = input.grants.map((each) => ({ ...each, validUntil: '1999-01-01T00:00:00.000Z' }))
      const others = input.grants.map((each) => ({ ...each, organisationId: 'z', userId: null }))
      const elsewhere = input.grants.map((each) => ({ ...each, entryId: 'z' }))
      for (const grants of [dead, past, others, elsewhere]) {
        const verdict = decide({ ...input, grants })
        expect(verdict.ok && verdict.value.basis).not.toBe('granted')
      }
    })
  })

  it('gives what is wanted in full or not at all, and lets only clear fields be searched', () => {
    always((input) => {
      const verdict = decide(input)
      if (!verdict.ok) return
      const names = verdict.value.fields.map((field) => field.name)
      if (input.wantedFields !== undefined) expect(new Set(names)).toEqual(new Set(input.wantedFields))
      const whole = decide({ ...input, wantedFields: input.usedFields ?? [] })
      if (
        whole.ok &&
        whole.value.basis === verdict.value.basis &&
        whole.value.grantId === verdict.value.grantId
      )
        for (const field of whole.value.fields) expect(field.mask).toBe('none')
    })
  })

  it('says of every decision which conditions it turned on, and decides no otherwise for saying it', () => {
    always((input) => {
      const steps: Step[] = []
      const verdict = decide({ ...input, trace: (step) => steps.push(step) })
      expect(verdict).toEqual(decide(input))
      const of = (ground: Step['ground'], grantId: string | null) =>
        steps.filter((step) => step.ground === ground && (step.grantId ?? null) === grantId)
      if (verdict.ok) {
        const { basis, grantId } = verdict.value
        expect(of(basis, grantId).length).toBeGreaterThan(1)
        expect([...of(undefined, null), ...of(basis, grantId)].every(({ met }) => met)).toBe(true)
        return
      }
      // Where nothing was planned, every ground that was tried failed by exactly one condition.
      const before = of(undefined, null)
      if (before.some(({ met }) => !met)) return
      const tried = new Set(
        steps.filter(({ ground }) => ground).map((step) => `${step.ground} ${step.grantId ?? null}`),
      )
      expect(tried.size).toBeGreaterThan(0)
      for (const each of tried) {
        const [ground, grantId] = each.split(' ')
        const unmet = of(ground as Step['ground'], grantId === 'null' ? null : grantId!).filter(
          ({ met }) => !met,
        )
        expect(unmet.length).toBeGreaterThan(0)
      }
    })
  })
})
