import type { RowFilter } from '@tiaoli/kernel/row-filters'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import type { DecideInput } from './decide.types.ts'
import type { Caller, EntryFacts, FieldFacts, GrantFacts } from './gateway.types.ts'
import {
  department,
  entry,
  freelyOpen,
  freelyShared,
  grant,
  now,
  provider,
  thePublic,
  useRules,
  withDeclaredDuty,
} from './test-facts.ts'
import type { Step } from './trace.ts'

const ask = (input: Partial<DecideInput>) =>
  decide({ caller: department, entry, grants: [], use: useRules, purpose: {}, now, ...input })

const codeOf = (input: Partial<DecideInput>) => {
  const verdict = ask(input)
  return verdict.ok ? `plan on ${verdict.value.basis}` : verdict.refusal.code
}

const fieldsOf = (input: Partial<DecideInput>) => {
  const verdict = ask(input)
  return verdict.ok && verdict.value.fields.map((field) => `${field.name}:${field.mask}`)
}

describe('decide', () => {
  it('shows an unpublished entry to its provider only', () => {
    const unpublished = { ...freelyOpen, published: false }
    expect(codeOf({ entry: unpublished, caller: provider })).toBe('plan on own')
    expect(codeOf({ entry: unpublished, grants: [grant] })).toBe('entry-not-available')
    expect(codeOf({ entry: unpublished, caller: thePublic })).toBe('entry-not-available')
  })

  it('gives the provider all fields in clear', () => {
    expect(fieldsOf({ caller: provider })).toEqual(entry.fields.map((field) => `${field.name}:none`))
  })

  it('gives a grant its fields, in clear unless the decision masks them', () => {
    expect(fieldsOf({ grants: [grant] })).toEqual(['name:none', 'phone:none', 'illness:none'])
    const masked = { ...grant, masks: { phone: 'partial', illness: 'hidden' } as const }
    expect(fieldsOf({ grants: [masked] })).toEqual(['name:none', 'phone:partial'])
  })

  it.each<[string, Partial<GrantFacts>, DecideInput['purpose']]>([
    ['grant-revoked', { revokedAt: '2026-10-01T00:00:00.000Z' }, {}],
    ['grant-expired', { validUntil: '2026-10-14T01:29:59.999Z' }, {}],
    ['grant-expired', { validUntil: 'not an instant' }, {}],
    ['grant-not-for-entry', { entryId: 'another' }, {}],
    ['grant-not-for-entry', { organisationId: 'another' }, {}],
    ['other-purpose', {}, { scenario: '另作他用' }],
    ['plan on granted', { validUntil: now.toISOString() }, {}],
    ['plan on granted', { validUntil: null }, { scenario: '企业年报核验' }],
  ])('answers %s', (code, change, purpose) => {
    const grants = [{ ...grant, ...change }]
    expect(codeOf({ grants, purpose })).toBe(code)
    expect(codeOf({ grants, purpose: { ...purpose, grantId: 'grant' } })).toBe(code)
    expect(codeOf({ grants, purpose, caller: { ...department, keyGrantId: 'grant' } })).toBe(code)
  })

  it('holds a key to its grant, even against free data and against its owner', () => {
    const bound = { ...department, keyGrantId: 'elsewhere' }
    expect(codeOf({ entry: freelyShared, caller: bound })).toBe('grant-not-for-entry')
    expect(codeOf({ caller: { ...provider, keyGrantId: 'elsewhere' } })).toBe('grant-not-for-entry')
    expect(codeOf({ caller: bound, grants: [grant], purpose: { grantId: 'grant' } })).toBe('grant-not-of-key')
  })

  it('masks personal and withholds sensitive fields in free sharing', () => {
    expect(fieldsOf({ entry: freelyShared })).toEqual([
      'name:none',
      'code:none',
      'staff:none',
      'phone:partial',
    ])
    expect(codeOf({ entry: freelyShared, caller: thePublic })).toBe('opening-closed')
  })

  it('asks for the duty served where the rulebook does', () => {
    const use = withDeclaredDuty
    expect(codeOf({ entry: freelyShared, use })).toBe('duty-not-declared')
    expect(codeOf({ entry: freelyShared, use, purpose: { scenario: ' ' } })).toBe('duty-not-declared')
    expect(codeOf({ entry: freelyShared, use, purpose: { scenario: '年检' } })).toBe('plan on shared')
  })

  it('opens public fields only', () => {
    expect(fieldsOf({ entry: freelyOpen, caller: thePublic })).toEqual(['name:none', 'code:none'])
    const internalOnly = { ...freelyOpen, fields: entry.fields.slice(2) }
    expect(codeOf({ entry: internalOnly, caller: thePublic })).toBe('nothing-to-show')
  })

  it('names the type, the article and the way on where access is not free', () => {
    const verdict = ask({})
    expect(verdict).toMatchObject({
      ok: false,
      refusal: { code: 'sharing-needs-application', article: 'XX-24' },
    })
  })

  it('takes the ground that covers what is wanted, and else lists what is outside', () => {
    const both = { entry: freelyShared, grants: [grant] }
    expect(codeOf({ ...both, wantedFields: ['name', 'illness'] })).toBe('plan on granted')
    expect(codeOf({ ...both, wantedFields: ['name', 'staff'] })).toBe('plan on shared')
    expect(ask({ ...both, wantedFields: ['illness', 'staff', 'nonsense'] })).toMatchObject({
      refusal: { code: 'outside-scope', article: 'XX-30', paths: ['staff', 'nonsense'] },
    })
  })

  it('does not let a masked field be searched', () => {
    expect(ask({ entry: freelyShared, usedFields: ['name', 'phone'] })).toMatchObject({
      refusal: { code: 'fields-masked', paths: ['phone'] },
    })
    expect(codeOf({ entry: freelyShared, grants: [grant], usedFields: ['phone'] })).toBe('plan on granted')
    expect(codeOf({ entry: freelyShared, usedFields: ['illness'] })).toBe('fields-not-shared')
  })
})

describe('decide, on what bounds a plan', () => {
  const planOf = (input: Partial<DecideInput>) => {
    const verdict = ask(input)
    if (!verdict.ok) throw new Error(verdict.refusal.code)
    return verdict.value
  }
  const district: RowFilter = [{ field: 'name', type: 'text', operator: 'prefix', values: ['甲'] }]
  const some: GrantFacts = { ...grant, id: 'some', rows: district }

  it('gives a grant its rows, and none where nobody can tell any more which', () => {
    expect(planOf({ grants: [some] }).rowFilter).toEqual(district)
    expect(planOf({ grants: [{ ...grant, rows: [] }] }).rowFilter).toBeUndefined()
    const renamed = { ...entry, fields: entry.fields.slice(1) }
    const retyped = {
      ...entry,
      fields: [{ ...entry.fields[0]!, type: 'integer' as const }, ...entry.fields.slice(1)],
    }
    for (const changed of [renamed, retyped]) {
      const verdict = ask({ entry: changed, grants: [some] })
      expect(verdict).toMatchObject({ ok: false, refusal: { code: 'rows-not-determinable' } })
      expect(verdict.ok || verdict.refusal.article).toBeUndefined()
      expect(verdict.ok || verdict.refusal.condition.zh).toContain('name 以 甲 开头')
    }
  })

  it('takes the grant of all rows before that of some, and what is free of all rows before either of some', () => {
    expect(planOf({ grants: [some, { ...grant, fields: ['name'] }] })).toMatchObject({ grantId: 'grant' })
    const both = { grants: [some], entry: freelyShared }
    expect(planOf({ ...both, wantedFields: ['name', 'code'] })).toMatchObject({ basis: 'shared' })
    expect(planOf({ ...both, wantedFields: ['name'] }).rowFilter).toBeUndefined()
    // What is free only in part, and what is asked for by no name, is given as the decision gave it.
    expect(planOf({ ...both, wantedFields: ['phone'] }).rowFilter).toEqual(district)
    expect(planOf(both).rowFilter).toEqual(district)
    expect(planOf({ ...both, wantedFields: ['name'], purpose: { grantId: 'some' } }).rowFilter).toEqual(
      district,
    )
  })

  it.each<[string, GrantFacts['limits'], number, number]>([
    ['plan on granted', { rowsPerDay: 10, requestsPerMinute: 3 }, 9, 2],
    ['grant-rows-used-up', { rowsPerDay: 10 }, 10, 0],
    ['grant-requests-used-up', { requestsPerMinute: 3 }, 0, 3],
    ['plan on granted', { rowsPerRequest: 3 }, 1_000, 1_000],
  ])('answers %s under %o after %i rows and %i requests', (code, limits, rowsToday, requestsThisMinute) => {
    const used = new Map([['grant', { rowsToday, requestsThisMinute }]])
    expect(codeOf({ grants: [{ ...grant, limits }], used })).toBe(code)
    // Use of another grant is held against nobody.
    expect(codeOf({ grants: [{ ...grant, limits }], used: new Map([['other', used.get('grant')!]]) })).toBe(
      'plan on granted',
    )
  })

  it('carries the limits in the plan, and the least of what fits a page', () => {
    const limits = { rowsPerRequest: 20, rowsPerDay: 50 }
    expect(planOf({ grants: [{ ...grant, limits }] })).toMatchObject({ limits, maxRowsPerPage: 20 })
    expect(planOf({ grants: [{ ...grant, limits: { rowsPerRequest: 9_000 } }] }).maxRowsPerPage).toBe(1_000)
  })

  it('gives important and core data on decisions only, and core data to public bodies', () => {
    const graded = (base: EntryFacts, grade: EntryFacts['grade']) => ({ ...base, grade: grade! })
    for (const grade of ['important', 'core'] as const) {
      expect(codeOf({ entry: graded(freelyShared, grade) })).toBe('grade-needs-grant')
      expect(codeOf({ entry: graded(freelyOpen, grade), caller: thePublic })).toBe('grade-needs-grant')
      expect(codeOf({ entry: graded(entry, grade), grants: [grant] })).toBe('plan on granted')
      expect(codeOf({ entry: graded(entry, grade), caller: provider })).toBe('plan on own')
    }
    const citizen = { ...thePublic, userId: 'citizen' }
    const own = { ...grant, organisationId: null, userId: 'citizen' }
    expect(codeOf({ entry: graded(entry, 'important'), caller: citizen, grants: [own] })).toBe(
      'plan on granted',
    )
    expect(codeOf({ entry: graded(entry, 'core'), caller: citizen, grants: [own] })).toBe(
      'grade-for-public-bodies',
    )
    const verdict = ask({ entry: graded(freelyShared, 'core') })
    expect(verdict.ok || [verdict.refusal.article, verdict.refusal.condition.zh]).toEqual([
      undefined,
      expect.stringContaining('非法定'),
    ])
    for (const grade of ['general-1', 'general-4', null] as const)
      expect(codeOf({ entry: graded(freelyShared, grade) })).toBe('plan on shared')
  })

  it('keeps what is opened to the grades that the city admits for its type, under the article of that rule', () => {
    const grades = {
      allowed: ['general-1'],
      article: 'XX-28',
      condition: { zh: '级别不符', en: 'not of that grade' },
      remedy: { zh: '请申请', en: 'apply' },
    }
    const opened = { ...freelyOpen, opening: { ...freelyOpen.opening, grades } }
    const refused = { refusal: { code: 'grade-outside-type', article: 'XX-28' } }
    expect(codeOf({ entry: { ...opened, grade: 'general-1' }, caller: thePublic })).toBe('plan on open')
    expect(ask({ entry: { ...opened, grade: 'general-2' }, caller: thePublic })).toMatchObject(refused)
    expect(ask({ entry: opened, caller: thePublic })).toMatchObject(refused)
    const openedGrant = { ...grant, opened: true }
    expect(
      ask({ entry: { ...opened, grade: 'general-2' }, grants: [openedGrant], purpose: { grantId: 'grant' } }),
    ).toMatchObject(refused)
    expect(codeOf({ entry: { ...opened, grade: 'general-2' }, grants: [{ ...grant, opened: false }] })).toBe(
      'plan on granted',
    )
  })

  it('says what a delivery carries: marks where there is a receiver, pseudonyms by whatever way', () => {
    const named = { ...grant, masks: { phone: 'pseudonym' } as const }
    const marks = (input: Partial<DecideInput>) => planOf(input).watermark
    expect(marks({ grants: [grant], act: 'export' })).toEqual(['file', 'forms'])
    expect(marks({ grants: [named] })).toEqual(['file', 'forms', 'pseudonyms'])
    expect(marks({ grants: [named], act: 'row' })).toEqual(['pseudonyms'])
    expect(marks({ grants: [named], act: 'export', wantedFields: ['name'] })).toEqual(['file', 'forms'])
    expect(marks({ grants: [grant], act: 'page' })).toEqual([])
    expect(marks({ entry: freelyShared, act: 'collect' })).toEqual(['file', 'forms'])
    expect(marks({ entry: freelyOpen, caller: thePublic, act: 'export' })).toEqual([])
    expect(marks({ caller: provider, act: 'export' })).toEqual([])
  })

  it('tells somebody without a grant what is given freely, and whoever has one of its scope', () => {
    const open = { entry: freelyOpen, caller: thePublic, wantedFields: ['name', 'phone'] }
    expect(ask(open)).toMatchObject({
      refusal: { code: 'fields-not-open', article: 'XX-27', paths: ['phone'] },
    })
    expect(ask({ entry: freelyShared, wantedFields: ['illness'] })).toMatchObject({
      refusal: { code: 'fields-not-shared', article: 'XX-24', paths: ['illness'] },
    })
    expect(codeOf({ grants: [grant], wantedFields: ['staff'] })).toBe('outside-scope')
  })
})

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

  it('gives what is for aggregates only to no other act', () => {
    const grants = [{ ...grant, fields: ['name', 'staff'], masks: { staff: 'aggregate' } as const }]
    expect(fieldsOf({ grants })).toEqual(['name:none'])
    for (const act of ['row', 'page', 'export'] as const) {
      expect(codeOf({ grants, act, wantedFields: ['staff'] })).toBe('aggregates-only')
      expect(codeOf({ grants, act, wantedFields: ['name'], usedFields: ['staff'] })).toBe('aggregates-only')
    }
    const counted = { grants, act: 'aggregate', wantedFields: ['staff'], usedFields: ['staff'] } as const
    expect(codeOf(counted)).toBe('plan on granted')
    const plan = ask(counted)
    expect(plan.ok && plan.value).toMatchObject({ fields: [], guarded: ['staff'] })
  })
})
