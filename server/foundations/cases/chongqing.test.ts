import { describe, expect, it } from 'vitest'
import { loadRulebook } from '../rulebook/index.ts'
import { openPureCase, people } from './test-kit.ts'

const rulebook = loadRulebook(new URL('../../../law/chongqing-2022/', import.meta.url))
const { applicant, provider, authority, secondOfficer, citizen } = people

/** Received on Monday 4 July 2022. */
const monday = '2022-07-04T02:00:00.000Z'
const wednesday = '2022-07-06T02:00:00.000Z'
const content = { scenario: '核定低保待遇', fields: ['姓名', '缴费月份'] }
const question = { question: '低保核定是否属于目录载明的共享条件？' }
const opinion = { position: 'in-favour', opinion: '属于履行职责需要。' }
const reasons = { reasons: '申请的信息项与所述场景无关。' }
const basis = { instrument: '中华人民共和国社会保险法', rank: 'law', article: '第八十一条' }

const received = (opener = applicant) => openPureCase(rulebook, 'sharing-request', opener, monday, content)
const clockOf = (one: ReturnType<typeof received>, key: string) =>
  one.state.clocks.find(({ clock }) => clock === key)

describe('a sharing request is refused', () => {
  it.each([
    ['without reasons', { basis }, 'content-missing', ['reasons']],
    ['without a basis', reasons, 'content-missing', ['basis']],
    ['with white space for reasons', { reasons: ' 　\n', basis }, 'content-missing', ['reasons']],
    [
      'with half a basis',
      { ...reasons, basis: { ...basis, article: ' ' } },
      'content-missing',
      ['basis.article'],
    ],
    [
      'with a basis of an unknown rank',
      { ...reasons, basis: { ...basis, rank: 'hearsay' } },
      'content-invalid',
      ['basis.rank'],
    ],
    ['with a basis that is no basis', { ...reasons, basis: '社会保险法' }, 'content-invalid', ['basis']],
    ['with neither', {}, 'content-missing', ['reasons', 'basis']],
  ])('not %s', (_how, given, code, paths) => {
    const one = received()
    expect(one.act('refuse', authority, monday, given)).toMatchObject({
      ok: false,
      refusal: { code, paths, article: 'CQ-26.1-c' },
    })
    expect(one.state.version).toBe(1)
  })

  it('with both, and the words are kept as given', () => {
    const one = received()
    expect(one.act('refuse', authority, monday, { reasons: ` ${reasons.reasons}`, basis }).ok).toBe(true)
    expect(one.state).toMatchObject({ state: 'refused', outcome: 'refused' })
    expect(one.state.events.at(-1)).toMatchObject({ content: { ...reasons, basis }, role: 'authority' })
  })
})

describe('an act on a sharing request is refused', () => {
  it('to a party in another role', () => {
    expect(received().act('grant', provider, monday)).toMatchObject({
      refusal: { code: 'role-not-entitled', article: 'CQ-26.1-b' },
    })
  })

  it('in another state', () => {
    expect(received().act('answer-consultation', provider, monday, opinion)).toMatchObject({
      refusal: { code: 'state-not-fitting' },
    })
  })

  it('that the procedure does not know', () => {
    expect(received().act('approve', authority, monday)).toMatchObject({ refusal: { code: 'act-unknown' } })
  })

  it('with fields that the entry does not have, or content that nobody asked for', () => {
    expect(received().act('grant', authority, monday, { fields: ['姓名', '病历'] })).toMatchObject({
      refusal: { code: 'content-invalid', paths: ['fields'] },
    })
    expect(received().act('grant', authority, monday, { price: 100 })).toMatchObject({
      refusal: { code: 'content-invalid', paths: ['price'] },
    })
    expect(received().act('grant', authority, monday, { until: '2022-02-30' })).toMatchObject({
      refusal: { code: 'content-invalid', paths: ['until'] },
    })
  })
})

describe('the reply period', () => {
  it('of a request received on Monday 4 July 2022 ends on Monday 11 July 2022', () => {
    const reply = clockOf(received(), 'reply')
    expect(reply).toMatchObject({ dueOn: '2022-07-11', article: 'CQ-26.1-a', kind: 'statutory' })
    expect(reply?.dueAt).toBe('2022-07-11T15:59:59.999Z')
  })

  it('starts by the date in China', () => {
    // 23:30 of Sunday 3 July in London is the morning of Monday 4 July in Chongqing.
    const one = openPureCase(rulebook, 'sharing-request', applicant, '2022-07-03T23:30:00.000Z', content)
    expect(clockOf(one, 'reply')).toMatchObject({ startedOn: '2022-07-04', dueOn: '2022-07-11' })
  })

  it('extended ends on 18 July 2022, ten working days from receipt', () => {
    const one = received()
    one.act('mark-unsettled', authority, monday, question)
    expect(one.act('extend', authority, wednesday).ok).toBe(true)
    expect(clockOf(one, 'reply')).toMatchObject({ dueOn: '2022-07-18', workingDays: 10, extended: true })
  })

  it('is not extended while the catalogue settles the question', () => {
    expect(received().act('extend', authority, monday)).toMatchObject({
      refusal: { code: 'condition-unmet', article: 'CQ-26.2-a' },
    })
  })

  it('is not extended twice', () => {
    const one = received()
    one.act('mark-unsettled', authority, monday, question)
    one.act('extend', authority, monday)
    expect(one.act('extend', authority, wednesday)).toMatchObject({ refusal: { code: 'already-done' } })
  })

  it('is extended in the last moment of its date and not after it', () => {
    const marked = () => {
      const one = received()
      one.act('mark-unsettled', authority, monday, question)
      return one
    }
    expect(marked().act('extend', authority, '2022-07-11T15:59:59.999Z').ok).toBe(true)
    expect(marked().act('extend', authority, '2022-07-11T16:00:00.000Z')).toMatchObject({
      refusal: { code: 'date-passed', article: 'CQ-26.2-a' },
    })
  })

  it('stops with the decision', () => {
    const one = received()
    one.act('grant', authority, wednesday)
    expect(clockOf(one, 'reply')).toMatchObject({ running: false, overdue: false, stoppedAt: wednesday })
  })

  it('missed is on record before a late decision, whenever a job ran', () => {
    const one = received()
    expect(one.act('grant', authority, '2022-07-12T02:00:00.000Z').ok).toBe(true)
    expect(one.state.events.map(({ act }) => act)).toEqual(['file', 'overdue', 'grant'])
    expect(clockOf(one, 'reply')).toMatchObject({ running: false, overdue: true })
  })

  it('skips National Day and counts its make-up days', () => {
    const one = openPureCase(rulebook, 'opening-request', citizen, '2022-09-29T02:00:00.000Z', content)
    expect(clockOf(one, 'reply')?.dueOn).toBe('2022-10-11')
  })

  it('does not run by law for what came before the regulation was in force', () => {
    const one = openPureCase(rulebook, 'sharing-request', applicant, '2022-06-30T02:00:00.000Z', content)
    expect(clockOf(one, 'reply')).toMatchObject({ running: true, dueOn: null, workingDays: null })
  })
})

describe('the consultation', () => {
  const consulting = () => {
    const one = received()
    one.act('mark-unsettled', authority, wednesday, question)
    return one
  }

  it('arriving on 6 July 2022 is due on 11 July 2022', () => {
    const one = consulting()
    expect(clockOf(one, 'consultation')).toMatchObject({ dueOn: '2022-07-11', owner: 'provider' })
    expect(clockOf(one, 'reply')).toMatchObject({ dueOn: '2022-07-11', running: true, extended: false })
  })

  it('is opened once, and answered by the provider alone', () => {
    const one = consulting()
    expect(one.act('answer-consultation', authority, wednesday, opinion)).toMatchObject({
      refusal: { code: 'role-not-entitled' },
    })
    expect(one.act('answer-consultation', provider, wednesday, opinion).ok).toBe(true)
    expect(clockOf(one, 'consultation')?.running).toBe(false)
    expect(one.act('mark-unsettled', authority, wednesday, question).ok).toBe(false)
  })

  it('does not make the authority wait, but an early decision bears a warning', () => {
    const one = consulting()
    expect(one.allowed(authority, wednesday).find(({ act }) => act === 'grant')?.warnings).toHaveLength(1)
    expect(one.act('grant', authority, wednesday).ok).toBe(true)
    expect(one.state.events.at(-1)?.warnings).toHaveLength(1)
    expect(clockOf(one, 'consultation')).toMatchObject({ running: false, overdue: false })
  })

  it('answered or lapsed leaves no warning', () => {
    const answered = consulting()
    answered.act('answer-consultation', provider, wednesday, opinion)
    answered.act('grant', authority, wednesday)
    expect(answered.state.events.at(-1)?.warnings).toEqual([])

    const lapsed = consulting()
    lapsed.act('extend', authority, wednesday)
    lapsed.act('grant', authority, '2022-07-12T02:00:00.000Z')
    expect(lapsed.state.events.at(-1)?.warnings).toEqual([])
    expect(clockOf(lapsed, 'consultation')).toMatchObject({ overdue: true })
  })

  it('may still be answered late', () => {
    const one = consulting()
    expect(one.act('answer-consultation', provider, '2022-07-12T02:00:00.000Z', opinion).ok).toBe(true)
    expect(clockOf(one, 'consultation')).toMatchObject({ running: false, overdue: true })
  })
})

describe('nobody decides an own request', () => {
  it('except that the one body named by law acts through another officer, on record', () => {
    const own = received(authority)
    expect(own.act('grant', authority, monday)).toMatchObject({ refusal: { code: 'own-act' } })
    expect(own.allowed(authority, monday).find(({ act }) => act === 'grant')?.blocked?.code).toBe('own-act')
    expect(own.act('grant', secondOfficer, monday).ok).toBe(true)
    expect(own.state.events.at(-1)?.warnings).toHaveLength(1)
  })

  it('and a provider does not ask for its own data', () => {
    expect(() => received(provider)).toThrow('own-case')
  })
})

describe('what may be done now', () => {
  it('lists acts with the reason why one is blocked', () => {
    const one = received()
    const allowed = one.allowed(authority, monday)
    expect(allowed.map(({ act }) => act)).toEqual(['mark-unsettled', 'extend', 'grant', 'refuse'])
    expect(allowed.find(({ act }) => act === 'extend')?.blocked).toMatchObject({ code: 'condition-unmet' })
    expect(one.allowed(applicant, monday).map(({ act }) => act)).toEqual(['withdraw'])
    expect(one.allowed(provider, monday)).toEqual([])
    expect(one.allowed(citizen, monday)).toEqual([])
  })
})

describe('an opening request', () => {
  const asked = () => openPureCase(rulebook, 'opening-request', citizen, monday, content)
  const agreement = {
    fields: ['缴费月份'],
    purpose: '学术研究',
    scenario: '社会保险缴费周期研究',
    security: '加密存储，专人管理',
    until: '2022-12-31',
    disposal: '期满后删除并出具证明',
    feedback: '每季度末提交使用情况报告',
    'feedback-first': '2022-09-30',
    'feedback-rhythm': 'quarterly',
  }

  it('opens access with the second signature and not before', () => {
    const one = asked()
    one.act('agree', authority, wednesday)
    expect(one.state).toMatchObject({ state: 'agreed', outcome: null })
    expect(clockOf(one, 'reply')?.running).toBe(false)
    one.act('sign-agreement', authority, wednesday, agreement)
    expect(one.state).toMatchObject({ state: 'agreement-offered', outcome: null })
    expect(one.act('countersign-agreement', citizen, wednesday).ok).toBe(true)
    expect(one.state.outcome).toBe('granted')
    expect(one.terms()).toMatchObject(agreement)
  })

  it.each(Object.keys(agreement))('has no agreement without %s', (matter) => {
    const one = asked()
    one.act('agree', authority, wednesday)
    expect(
      one.act('sign-agreement', authority, wednesday, { ...agreement, [matter]: undefined }),
    ).toMatchObject({
      refusal: { code: 'content-missing', article: 'CQ-29.2-a', paths: [matter] },
    })
  })

  it('is a matter of the person who filed it and of no namesake in an organisation', () => {
    const one = asked()
    expect(one.act('withdraw', { ...citizen, organisationId: 'tourism' }, monday)).toMatchObject({
      refusal: { code: 'role-not-entitled' },
    })
    expect(one.act('withdraw', citizen, monday).ok).toBe(true)
  })
})

describe('a catalogue entry', () => {
  const drafted = () => openPureCase(rulebook, 'catalogue-entry', provider, monday, {})

  it('goes from draft to publication, back for a change, and off the catalogue', () => {
    const one = drafted()
    const steps: [string, typeof provider, object?][] = [
      ['submit', provider],
      ['return', authority, { reasons: '条件未写明' }],
      ['submit', provider],
      ['confirm', authority],
      ['publish', authority],
      ['change', provider, { note: '增加一个信息项' }],
      ['return', authority, { reasons: '依据未写明' }],
      ['abandon-change', provider],
      ['withdraw', provider, { reasons: '业务系统停用' }],
    ]
    const states = steps.map(([act, actor, given]) => {
      expect(one.act(act, actor, monday, { ...given }), act).toMatchObject({ ok: true })
      return one.state.state
    })
    expect(states).toEqual([
      'submitted',
      'returned',
      'submitted',
      'confirmed',
      'published',
      'submitted',
      'returned',
      'published',
      'withdrawn',
    ])
  })

  it('is not returned without reasons, nor confirmed by its provider', () => {
    const one = drafted()
    one.act('submit', provider, monday)
    expect(one.act('return', authority, monday)).toMatchObject({ refusal: { code: 'content-missing' } })
    expect(one.act('confirm', provider, monday)).toMatchObject({ refusal: { code: 'role-not-entitled' } })
  })

  it('once published is not discarded', () => {
    const one = drafted()
    for (const [act, actor] of [
      ['submit', provider],
      ['confirm', authority],
      ['publish', authority],
    ] as const)
      one.act(act, actor, monday)
    one.act('change', provider, monday, { note: '更正名称' })
    one.act('return', authority, monday, { reasons: '名称不规范' })
    expect(one.act('discard', provider, monday)).toMatchObject({ refusal: { code: 'condition-unmet' } })
  })
})
