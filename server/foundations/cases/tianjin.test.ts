import { describe, expect, it } from 'vitest'
import { loadRulebook } from '../rulebook/index.ts'
import { openPureCase, people } from './test-kit.ts'

const rulebook = loadRulebook(new URL('../../../law/tianjin-2018/', import.meta.url))
const { applicant, provider, authority, citizen } = people

const thursday = '2019-09-26T02:00:00.000Z'
const friday = '2019-09-27T02:00:00.000Z'
const content = { scenario: '学位分配', fields: ['姓名', '身份号码', '缴费月份'] }
const reasons = '涉及个人敏感信息。'
const basis = { instrument: '某项规章', rank: 'rule', article: '第五条' }
const terms = { fields: ['姓名'], terms: '仅提供姓名，按月核对' }

const filed = () => openPureCase(rulebook, 'sharing-request', applicant, thursday, content)
const clockOf = (one: ReturnType<typeof filed>, key: string) =>
  one.state.clocks.find(({ clock }) => clock === key)

function declined() {
  const one = filed()
  one.act('accept', provider, friday)
  one.act('refuse', provider, friday, { reasons, basis })
  return one
}

function failed() {
  const one = declined()
  one.act('open-negotiation', applicant, friday, { message: '请考虑只提供姓名。' })
  one.act('propose-terms', applicant, friday, terms)
  one.act('record-failure', provider, friday, { difference: '对信息项范围不能一致。' })
  return one
}

describe('the two working days', () => {
  it('do not run before acceptance; the time gone by is shown', () => {
    const one = filed()
    expect(clockOf(one, 'acceptance')).toMatchObject({ kind: 'waiting', dueOn: null, running: true })
    expect(clockOf(one, 'supply')).toBeUndefined()
  })

  it('from acceptance on Friday 27 September 2019 end on Monday 30, as Sunday 29 was worked', () => {
    const one = filed()
    one.act('accept', provider, friday)
    expect(clockOf(one, 'supply')).toMatchObject({ dueOn: '2019-09-30', article: 'TJ-17.2-a' })
    expect(clockOf(one, 'acceptance')?.running).toBe(false)
  })

  it('from acceptance on Monday 30 September 2019 end after the seven days of National Day', () => {
    const one = filed()
    one.act('accept', provider, '2019-09-30T02:00:00.000Z')
    expect(clockOf(one, 'supply')?.dueOn).toBe('2019-10-09')
  })

  it('of an opening request accepted on 12 September 2019 pass over Mid-Autumn', () => {
    const one = openPureCase(rulebook, 'opening-request', citizen, '2019-09-11T02:00:00.000Z', content)
    expect(clockOf(one, 'acceptance')).toMatchObject({ kind: 'statutory', dueOn: null, article: 'TJ-23.2-a' })
    one.act('accept', provider, '2019-09-12T02:00:00.000Z')
    expect(clockOf(one, 'reply')?.dueOn).toBe('2019-09-17')
  })

  it('bind nobody before the regulation was in force, and from 2 January 2019 on', () => {
    const accepted = (at: string) => {
      const one = openPureCase(rulebook, 'opening-request', citizen, '2018-12-27T02:00:00.000Z', content)
      one.act('accept', provider, at)
      return clockOf(one, 'reply')?.dueOn
    }
    expect(accepted('2018-12-28T02:00:00.000Z')).toBeNull()
    expect(accepted('2019-01-02T02:00:00.000Z')).toBe('2019-01-04')
  })

  it('are provisional where they reach into a year that is not announced', () => {
    const one = openPureCase(rulebook, 'opening-request', citizen, '2098-12-30T02:00:00.000Z', content)
    one.act('accept', provider, '2098-12-30T02:00:00.000Z')
    expect(clockOf(one, 'reply')).toMatchObject({ provisional: true })
  })
})

describe('the provider answers', () => {
  it('not before it has accepted', () => {
    expect(filed().act('provide', provider, friday)).toMatchObject({ refusal: { code: 'state-not-fitting' } })
  })

  it('with reasons and basis where it does not agree', () => {
    const one = filed()
    one.act('accept', provider, friday)
    expect(one.act('refuse', provider, friday, { reasons })).toMatchObject({
      refusal: { code: 'content-missing', article: 'TJ-17.2-b', paths: ['basis'] },
    })
    expect(one.act('refuse', authority, friday, { reasons, basis })).toMatchObject({
      refusal: { code: 'role-not-entitled' },
    })
    expect(one.act('refuse', provider, friday, { reasons, basis }).ok).toBe(true)
    expect(one.state).toMatchObject({ state: 'declined', outcome: null })
    expect(clockOf(one, 'supply')?.running).toBe(false)
  })

  it('by providing what was asked for, or less', () => {
    const one = filed()
    one.act('accept', provider, friday)
    one.act('provide', provider, friday, { fields: ['姓名'] })
    expect(one.state.outcome).toBe('granted')
    expect(one.terms()).toMatchObject({ scenario: content.scenario, fields: ['姓名'] })
  })
})

describe('a difference', () => {
  it.each([
    ['the applicant', applicant],
    ['the provider', provider],
  ])('is taken into negotiation by %s', (_who, actor) => {
    const one = declined()
    expect(one.act('open-negotiation', actor, friday, { message: '愿意协商。' }).ok).toBe(true)
    expect(clockOf(one, 'negotiation')).toMatchObject({ kind: 'waiting', dueOn: null })
  })

  it('ends in a grant on the terms to which the other side agrees', () => {
    const one = declined()
    one.act('open-negotiation', applicant, friday, { message: '请考虑只提供姓名。' })
    one.act('propose-terms', applicant, friday, { ...terms, fields: ['姓名', '缴费月份'] })
    one.act('offer-terms', provider, friday, terms)
    expect(one.act('agree-to-offer', provider, friday)).toMatchObject({
      refusal: { code: 'role-not-entitled' },
    })
    expect(one.act('agree-to-offer', applicant, friday).ok).toBe(true)
    expect(one.terms()).toMatchObject({ fields: ['姓名'], scenario: content.scenario })
  })

  it('reaches the municipal authority only after negotiation has failed', () => {
    expect(declined().act('escalate', applicant, friday)).toMatchObject({
      refusal: { code: 'state-not-fitting', article: 'TJ-17.2-d' },
    })
    const one = failed()
    expect(one.act('escalate', applicant, friday).ok).toBe(true)
    expect(clockOf(one, 'decision')).toMatchObject({ kind: 'waiting', dueOn: null })
  })

  it('is decided with reasons; to share means as requested, whatever terms came to nothing', () => {
    const one = failed()
    one.act('escalate', provider, friday)
    expect(one.act('decide-share', authority, friday)).toMatchObject({ refusal: { code: 'content-missing' } })
    expect(one.act('decide-share', authority, friday, { reasons: '确属履职必需。' }).ok).toBe(true)
    expect([one.state.outcome, clockOf(one, 'carrying-out')?.kind]).toEqual([null, 'waiting'])
    // It binds: the provider has nothing left but to carry it out.
    for (const key of ['refuse', 'provide', 'offer-terms', 'carry-out-in-part'])
      expect(one.act(key, provider, friday, { reasons })).toMatchObject({
        refusal: { code: 'state-not-fitting' },
      })
    expect(one.act('carry-out', provider, friday).ok).toBe(true)
    expect(one.state.outcome).toBe('granted')
    expect(one.terms().fields).toEqual(content.fields)
  })

  it('is decided in part, or against sharing', () => {
    const part = failed()
    part.act('escalate', applicant, friday)
    expect(part.act('decide-share-in-part', authority, friday, { reasons })).toMatchObject({
      refusal: { paths: ['fields'] },
    })
    part.act('decide-share-in-part', authority, friday, { reasons, fields: ['缴费月份'] })
    part.act('carry-out-in-part', provider, friday)
    expect(part.terms().fields).toEqual(['缴费月份'])

    const against = failed()
    against.act('escalate', applicant, friday)
    against.act('decide-not-share', authority, friday, { reasons })
    expect(against.state.outcome).toBe('refused')
  })
})

describe('an opening request', () => {
  it('has neither negotiation nor review', () => {
    const one = openPureCase(rulebook, 'opening-request', citizen, thursday, content)
    one.act('accept', provider, friday)
    one.act('refuse', provider, friday, { reasons, basis })
    expect(one.state.outcome).toBe('refused')
    expect(one.allowed(citizen, friday)).toEqual([])
  })
})

describe('a catalogue entry', () => {
  it('is confirmed by the municipal authority and by nobody else', () => {
    const one = openPureCase(rulebook, 'catalogue-entry', provider, thursday, {})
    one.act('submit', provider, thursday)
    expect(clockOf(one, 'confirmation')).toMatchObject({ kind: 'waiting', dueOn: null })
    expect(one.act('confirm', provider, friday)).toMatchObject({
      refusal: { code: 'role-not-entitled', article: 'TJ-10.3-b' },
    })
    expect(one.act('confirm', authority, friday).ok).toBe(true)
    expect(one.act('publish', authority, friday).ok).toBe(true)
    expect(one.state.state).toBe('published')
  })
})
