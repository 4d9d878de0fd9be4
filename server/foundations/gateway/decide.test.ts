import type { RowFilter } from '@tiaoli/kernel/row-filters'
import { describe, expect, it } from 'vitest'
import { decide } from './decide.ts'
import type { DecideInput } from './decide.types.ts'
import type { EntryFacts, GrantFacts } from './gateway.types.ts'
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
