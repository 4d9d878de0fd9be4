import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bringIn, companyFile, fileRequest, lawBasis, publishEntry, requestFields } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { noticeOf } from '../kit/notices.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

let city: City
let entryId: string
beforeAll(async () => {
  city = await openCity('chongqing')
  city.at('2022-07-01T01:00:00Z')
  entryId = await publishEntry(city, {})
  await bringIn(city, entryId, companyFile([syntheticCreditCode(1), syntheticCreditCode(2)]))
})
afterAll(() => city.close())

async function filed(at: string) {
  city.at(at)
  const answer = await fileRequest(city.user, entryId)
  expect(answer.status).toBe(201)
  return answer.body
}
const act = (caller: City['user'], caseId: string, key: string, content: object = {}, version?: number) =>
  caller.post(`/api/v1/cases/${caseId}/acts/${key}`, {
    content,
    ...(version === undefined ? {} : { version }),
  })
const clock = (view: { clocks: { key: string }[] }, key: string) =>
  view.clocks.find((each) => each.key === key) as unknown as Record<string, unknown>
const seen = async (caseId: string, caller = city.authority) =>
  (await caller.get(`/api/v1/cases/${caseId}`)).body
const unsettled = { question: '目录条件未涵盖该场景，请提出意见' }

describe('Article 26: reply to a sharing request', () => {
  it('[CQ-26.1-c] holds back a refusal without reasons, without basis, or with half a basis', async () => {
    const { id } = await filed('2022-07-04T02:00:00Z')
    for (const content of [
      {},
      { reasons: '场景不明' },
      { basis: lawBasis },
      { reasons: '   ', basis: lawBasis },
      { reasons: '场景不明', basis: { ...lawBasis, article: '' } },
      { reasons: '场景不明', basis: '某法' },
    ]) {
      const answer = await act(city.authority, id, 'refuse', content)
      expect(answer.status).toBe(422)
      expect(answer.body.article).toBe('CQ-26.1-c')
      expect(answer.body.remedy.zh).not.toBe('')
    }
    expect((await seen(id)).outcome).toBeNull()
    const refused = await act(city.authority, id, 'refuse', {
      reasons: '场景不属于目录载明的条件',
      basis: lawBasis,
    })
    expect(refused.body.outcome).toBe('refused')
    const told = await seen(id, city.user)
    expect(told.events.at(-1).content.map((part: { key: string }) => part.key)).toEqual(['reasons', 'basis'])
    expect(told.events.at(-1).recordId).not.toBeNull()
  })

  it('[CQ-26.1-a] counts five working days from the day after receipt', async () => {
    const view = await filed('2022-07-04T02:00:00Z')
    expect(clock(view, 'reply')).toMatchObject({
      dueOn: '2022-07-11',
      workingDays: 5,
      kind: 'statutory',
      article: 'CQ-26.1-a',
      provisional: false,
    })
  })

  it('[CQ-26.1-a] counts the make-up Saturday and leaves out National Day', async () => {
    // 2022: 1 to 7 October off, Saturday 8 and Sunday 9 October worked.
    const view = await filed('2022-09-29T02:00:00Z')
    expect(clock(view, 'reply')).toMatchObject({ dueOn: '2022-10-11' })
    const days = clock(view, 'reply').days as { on: string; working: boolean; reason: string }[]
    expect(days.find((day) => day.on === '2022-10-08')).toMatchObject({ working: true, reason: 'make-up' })
    expect(days.filter((day) => day.reason === 'holiday')).toHaveLength(7)
  })

  it('[CQ-26.1-a] calls a date provisional when it lies in a year whose holidays are not announced', async () => {
    const view = await filed('2049-12-30T02:00:00Z')
    expect(clock(view, 'reply')).toMatchObject({ provisional: true })
  })

  it('[CQ-26.1-a] marks a reply that is late as overdue and tells owner and supervisor; nothing passes silently', async () => {
    const { id } = await filed('2023-03-01T02:00:00Z')
    city.at('2023-03-08T15:59:59.000Z')
    await city.settle()
    expect((await seen(id)).due).toMatchObject({ dueOn: '2023-03-08', overdue: false, workingDaysLeft: 0 })
    city.at('2023-03-08T16:00:01.000Z')
    await city.settle()
    const late = await seen(id)
    expect(late.due).toMatchObject({ overdue: true })
    expect(late.events.at(-1)).toMatchObject({ act: 'overdue' })
    expect(await noticeOf(city.authority, 'case.overdue')).toMatchObject({ link: `/desk/cases/${id}` })
    // Late is not lapsed: the authority still owes its reply.
    expect((await act(city.authority, id, 'grant')).status).toBe(200)
  })

  it('[CQ-26.1-a] reminds the authority at the start of the working day before, once, and only while the clock runs', async () => {
    const reminders = async (caller = city.authority) =>
      (await caller.get('/api/v1/notices')).body.items.filter(
        (notice: { kind: string }) => notice.kind === 'case.due-soon',
      )
    // Due on Monday 4 September 2023; the working day before it is Friday, which begins at 16:00 UTC on Thursday.
    const open = await filed('2023-08-28T02:00:00Z')
    const decided = await filed('2023-08-28T02:00:00Z')
    const moved = await filed('2023-08-28T02:00:00Z')
    await act(city.authority, decided.id, 'grant')
    await act(city.authority, moved.id, 'mark-unsettled', unsettled)
    await act(city.authority, moved.id, 'extend', { reasons: '需要核实' })
    const before = (await reminders()).length
    city.at('2023-08-31T15:59:59.000Z')
    await city.settle()
    expect(await reminders()).toHaveLength(before)
    city.at('2023-08-31T16:00:00.000Z')
    await city.settle()
    await city.settle()
    const sent = await reminders()
    expect(sent.map((notice: { link: string }) => notice.link).slice(0, sent.length - before)).toEqual([
      `/desk/cases/${open.id}`,
    ])
    expect(sent[0].body.zh).toContain('2023-09-04')
    city.at('2023-09-07T16:00:00.000Z')
    await city.settle()
    expect((await reminders())[0]).toMatchObject({ link: `/desk/cases/${moved.id}` })
    // The provider owes its opinion on the consultation, and was reminded of that alone.
    const toProvider = (await reminders(city.steward))[0]
    expect(toProvider).toMatchObject({ link: `/desk/cases/${moved.id}` })
    expect(toProvider.body.zh).toContain('2023-08-31')
  })

  it('[CQ-26.1-b] gives access the moment sharing is agreed', async () => {
    city.at('2023-03-01T02:00:00Z')
    const fresh = await publishEntry(city, { title: '另一登记信息' })
    await bringIn(city, fresh, companyFile([syntheticCreditCode(1)]))
    const row = `/api/v1/entries/${fresh}/rows/${syntheticCreditCode(1)}`
    const { body } = await fileRequest(city.user, fresh)
    expect((await city.user.get(row)).status).toBe(403)
    const granted = await act(city.authority, body.id, 'grant')
    expect(granted.body.outcome).toBe('granted')
    const answer = await city.user.get(row)
    expect(answer.status).toBe(200)
    expect(answer.body.row['企业名称']).toBe('示例企业1')
    const grant = (await city.user.get(`/api/v1/grants/${granted.body.grantId}`)).body
    expect(grant).toMatchObject({
      scenario: '低保家庭经济状况核对',
      fields: requestFields,
      live: true,
      article: 'CQ-26.1-b',
    })
    // The scope is that of the grant: what was not asked for does not come with it.
    expect(Object.keys(answer.body.row).sort()).toEqual([...requestFields].sort())
  })

  it('[CQ-26.1-b] has data that are held elsewhere delivered: their holder is told, and it shows how long they are waited for', async () => {
    city.at('2023-03-01T02:00:00Z')
    const elsewhere = await publishEntry(city, { title: '尚未汇聚的登记信息' })
    const { body } = await fileRequest(city.user, elsewhere)
    const granted = await act(city.authority, body.id, 'grant')
    expect(await noticeOf(city.steward, 'grant.awaits-data')).toMatchObject({
      link: `/desk/grants/${granted.body.grantId}`,
    })
    const awaits = async (caller: City['user']) =>
      (await caller.get(`/api/v1/grants/${granted.body.grantId}`)).body.awaits
    expect(await awaits(city.user)).toEqual({ since: '2023-03-01T02:00:00.000Z', days: 0 })
    city.at('2023-03-08T02:00:00Z')
    expect(await awaits(city.steward)).toMatchObject({ days: 7 })
    await bringIn(city, elsewhere, companyFile([syntheticCreditCode(1)]))
    expect(await awaits(city.user)).toBeNull()
  })

  it('[CQ-26.2-a] does not extend what the catalogue settles, nor after the first date, nor twice', async () => {
    const { id } = await filed('2022-07-04T02:00:00Z')
    const settled = await act(city.authority, id, 'extend', { reasons: '需要核实' })
    expect(settled.status).toBe(409)
    expect(settled.body.article).toBe('CQ-26.2-a')
    await act(city.authority, id, 'mark-unsettled', unsettled)
    city.at('2022-07-12T01:00:00Z')
    const late = await act(city.authority, id, 'extend', { reasons: '需要核实' })
    expect(late.status).toBe(409)

    const other = await filed('2022-07-04T02:00:00Z')
    await act(city.authority, other.id, 'mark-unsettled', unsettled)
    const extended = await act(city.authority, other.id, 'extend', { reasons: '需要核实' })
    expect(extended.status).toBe(200)
    expect(clock(extended.body, 'reply')).toMatchObject({ dueOn: '2022-07-18', extended: true })
    const again = await act(city.authority, other.id, 'extend', { reasons: '再次' })
    expect(again.status).toBe(409)
  })

  it('[CQ-26.2-b] asks the provider as soon as a request is marked unsettled; the first reply date stands', async () => {
    const { id } = await filed('2022-07-04T02:00:00Z')
    const marked = await act(city.authority, id, 'mark-unsettled', unsettled)
    expect(clock(marked.body, 'reply')).toMatchObject({ dueOn: '2022-07-11' })
    const queue = (await city.steward.get('/api/v1/cases?box=inbox')).body.items
    expect(queue.map((item: { id: string }) => item.id)).toContain(id)
    expect(
      (await act(city.authority, id, 'answer-consultation', { position: 'in-favour', opinion: '同意' }))
        .status,
    ).toBe(403)
    const answered = await act(city.steward, id, 'answer-consultation', {
      position: 'in-favour',
      opinion: '同意按条件共享',
    })
    expect(answered.status).toBe(200)
    expect(answered.body.acts.map((each: { key: string }) => each.key)).not.toContain('grant')
  })

  it('[CQ-26.2-c] gives the provider three working days; its silence does not stop the authority', async () => {
    const { id } = await filed('2022-07-04T02:00:00Z')
    city.at('2022-07-06T02:00:00Z')
    const marked = await act(city.authority, id, 'mark-unsettled', unsettled)
    expect(clock(marked.body, 'consultation')).toMatchObject({
      dueOn: '2022-07-11',
      workingDays: 3,
      article: 'CQ-26.2-c',
    })
    const early = (await seen(id)).acts.find((each: { key: string }) => each.key === 'grant')
    expect(early.warnings).toHaveLength(1)
    city.at('2022-07-11T16:30:00Z')
    await city.settle()
    expect(clock(await seen(id), 'consultation')).toMatchObject({ overdue: true })
    expect((await act(city.authority, id, 'grant')).status).toBe(200)
  })

  it('refuses unknown acts, acts in the wrong state, and acts by those who are no party', async () => {
    const { id } = await filed('2022-07-04T02:00:00Z')
    expect((await act(city.authority, id, 'bless')).status).toBe(404)
    expect((await act(city.authority, id, 'answer-consultation', {})).status).toBe(403)
    expect(
      (await act(city.steward, id, 'answer-consultation', { position: 'in-favour', opinion: '同意' })).status,
    ).toBe(409)
    expect((await city.other.get(`/api/v1/cases/${id}`)).status).toBe(404)
    expect((await act(city.other, id, 'grant')).status).toBe(404)
    expect((await act(city.user, id, 'grant')).status).toBe(403)
    expect((await act(city.visitor, id, 'grant')).status).toBe(401)
    expect((await act(city.user, id, 'withdraw')).body.outcome).toBe('withdrawn')
    expect((await act(city.authority, id, 'grant')).status).toBe(409)
  })

  it('tells the second of two officers who decide at once that the case has moved', async () => {
    const { id, version } = await filed('2022-07-04T02:00:00Z')
    const answers = await Promise.all([
      act(city.authority, id, 'grant', {}, version),
      act(city.authority, id, 'refuse', { reasons: '不符合条件', basis: lawBasis }, version),
    ])
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409])
    const decided = await seen(id)
    expect(decided.events).toHaveLength(2)
  })
})
