import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileRequest, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { openMailServer, openReceiver, textOfMail } from '../kit/receivers.ts'

type Closed<T extends (...given: never[]) => unknown> = Awaited<ReturnType<T>>

let city: City
let entryId: string
let post: Closed<typeof openMailServer>
let receiver: Closed<typeof openReceiver>
beforeAll(async () => {
  post = await openMailServer()
  receiver = await openReceiver()
  city = await openCity('chongqing', { reachableByMessages: '127.0.0.0/8', mailServer: post.url })
  city.at('2022-09-28T01:00:00Z')
  entryId = await publishEntry(city, {})
})
afterAll(async () => {
  await city.close()
  await post.close()
  await receiver.close()
})

describe('the calendar of due dates', () => {
  it('has a secret address: none opens it before it was made, after a new one, or after it was ended', async () => {
    expect((await city.visitor.get('/api/v1/calendar-feeds/guess/due.ics')).status).toBe(404)
    const first = (await city.authority.post('/api/v1/channels/feed')).body.address
    expect(first).toMatch(/^https:\/\/data\.city\.invalid\/api\/v1\/calendar-feeds\/[\w-]{32}\/due\.ics$/)
    expect((await city.authority.get('/api/v1/channels')).text).not.toContain(new URL(first).pathname)
    const second = (await city.authority.post('/api/v1/channels/feed')).body.address
    expect((await city.visitor.get(new URL(first).pathname)).status).toBe(404)
    expect((await city.visitor.get(new URL(second).pathname)).status).toBe(200)
    expect((await city.authority.delete('/api/v1/channels/feed')).body.feed).toBe(null)
    expect((await city.visitor.get(new URL(second).pathname)).status).toBe(404)
  })

  it('names number, period and date, statutory or not, and nobody', async () => {
    const filed = (await fileRequest(city.user, entryId)).body
    const { address } = (await city.authority.post('/api/v1/channels/feed')).body
    const answer = await city.visitor.get(new URL(address).pathname)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-store',
    })
    const lines = answer.text.replace(/\r\n /g, '')
    const due = filed.due.dueOn.replaceAll('-', '')
    expect(lines).toContain(`SUMMARY:${filed.number} 答复期限（法定期限）`)
    expect(lines).toContain(`DTSTART;VALUE=DATE:${due}`)
    expect(lines).toContain(`https://data.city.invalid/desk/cases/${filed.id}`)
    for (const private_ of ['示例民政局', '低保', '企业登记信息', '示例user'])
      expect(answer.text).not.toContain(private_)
    // Whoever has nothing to decide has no dates.
    const none = (await city.citizen.post('/api/v1/channels/feed')).body.address
    expect((await city.visitor.get(new URL(none).pathname)).text).not.toContain('BEGIN:VEVENT')
    await city.authority.post(`/api/v1/cases/${filed.id}/acts/grant`)
    expect((await city.visitor.get(new URL(address).pathname)).text).not.toContain(filed.number)
  })
})

describe('mail', () => {
  const codeIn = () => /(\d{8})/.exec(textOfMail(post.mails.at(-1)!))![1]!
  const state = (address: string) => city.authority.post('/api/v1/channels/mail', { address })
  const confirm = (code: string) => city.authority.post('/api/v1/channels/mail/acts/confirm', { code })

  it('goes nowhere before the address was confirmed by its code', async () => {
    for (const wrong of ['', 'nobody', 'a@b\r\nBcc: c@d.invalid'])
      expect((await state(wrong)).body.code).toBe('content-incomplete')
    expect((await confirm('00000000')).body.code).toBe('act-not-available')
    expect((await state('officer@mail.invalid')).body.mail).toEqual({
      offered: true,
      address: 'officer@mail.invalid',
      confirmed: false,
    })
    await city.settle()
    expect(post.mails).toHaveLength(1)
    await fileRequest(city.user, entryId)
    await city.settle()
    expect(post.mails).toHaveLength(1)
    const right = codeIn()
    const wrong = right === '00000000' ? '00000001' : '00000000'
    expect((await confirm(wrong)).body.code).toBe('content-incomplete')
    expect((await confirm(right)).body.mail.confirmed).toBe(true)
    expect((await confirm(right)).body.code).toBe('act-not-available')
  })

  it('tells what and where, not of whom', async () => {
    const filed = (await fileRequest(city.user, entryId)).body
    await city.settle()
    const mail = post.mails.at(-1)!
    expect(mail).toMatchObject({ to: 'officer@mail.invalid', from: 'platform@mail.invalid' })
    const said = textOfMail(mail)
    expect(said).not.toContain(filed.number)
    expect(said).toContain(`https://data.city.invalid/desk/cases/${filed.id}`)
    for (const private_ of ['示例user', '低保', '企业登记信息']) expect(said).not.toContain(private_)
  })

  it('that the server does not take is tried again, and shown', async () => {
    post.refuse(true)
    const before = post.mails.length
    await fileRequest(city.user, entryId)
    await city.settle()
    const shown = (await city.authority.get('/api/v1/channels')).body.deliveries[0]
    expect(shown).toMatchObject({ channel: 'mail', state: 'waiting', attempts: 1, failure: 'EMESSAGE' })
    post.refuse(false)
    city.at('2022-09-28T01:01:00Z')
    await city.settle()
    expect(post.mails).toHaveLength(before + 1)
    expect((await city.authority.get('/api/v1/channels')).body.deliveries[0]).toMatchObject({
      state: 'sent',
      attempts: 2,
      failure: null,
    })
  })

  it('stops when it is stopped, and codes are limited', async () => {
    expect((await city.authority.delete('/api/v1/channels/mail')).body.mail.address).toBe(null)
    const before = post.mails.length
    await fileRequest(city.user, entryId)
    await city.settle()
    expect(post.mails).toHaveLength(before)
    // One was sent above.
    for (let sent = 1; sent < 5; sent += 1) expect((await state('officer@mail.invalid')).status).toBe(200)
    const refused = await state('officer@mail.invalid')
    expect([refused.status, refused.body.code]).toEqual([429, 'too-many-requests'])
    for (let wrong = 0; wrong < 5; wrong += 1) await confirm('99999999')
    expect((await confirm('99999999')).body.code).toBe('act-not-available')
    await city.settle()
  })

  it('is not offered where the installation has no mail server', async () => {
    const bare = await openCity('chongqing')
    expect((await bare.authority.get('/api/v1/channels')).body.mail.offered).toBe(false)
    const refused = await bare.authority.post('/api/v1/channels/mail', { address: 'officer@mail.invalid' })
    expect([refused.status, refused.body.code]).toEqual([409, 'act-not-available'])
    // Nor does a message go to an address of the inside that nobody opened.
    bare.at('2022-09-28T01:00:00Z')
    const entry = await publishEntry(bare, {})
    await bare.authority.post('/api/v1/channels/hooks', { url: receiver.url })
    await fileRequest(bare.user, entry)
    await bare.settle()
    expect((await bare.authority.get('/api/v1/channels')).body.deliveries[0]).toMatchObject({
      state: 'waiting',
      failure: 'address-not-allowed',
    })
    expect(receiver.calls).toEqual([])
    await bare.close()
  })
})

describe('messages to systems', () => {
  let secret: string

  it('are for organisations, and bounded', async () => {
    const add = (url: string) => city.steward.post('/api/v1/channels/hooks', { url })
    expect((await city.citizen.post('/api/v1/channels/hooks', { url: receiver.url })).body.code).toBe(
      'not-allowed',
    )
    for (const wrong of [
      'file:///etc/hosts',
      'ftp://127.0.0.1/',
      'no address',
      'http://user:secret@127.0.0.1/',
    ])
      expect((await add(wrong)).body.code).toBe('content-incomplete')
    for (let made = 0; made < 3; made += 1) expect((await add(receiver.url)).status).toBe(201)
    expect((await add(receiver.url)).body.code).toBe('act-not-available')
    for (const { id } of (await city.steward.get('/api/v1/channels')).body.hooks.items) {
      expect((await city.user.delete(`/api/v1/channels/hooks/${id}`)).status).toBe(404)
      expect((await city.steward.delete(`/api/v1/channels/hooks/${id}`)).status).toBe(200)
    }
  })

  it('are signed, so that the receiver knows from whom and that nothing was changed', async () => {
    const made = await city.authority.post('/api/v1/channels/hooks', { url: receiver.url })
    secret = made.body.secret
    expect((await city.authority.get('/api/v1/channels')).text).not.toContain(secret)
    const filed = (await fileRequest(city.user, entryId)).body
    await city.settle()
    const { headers, body } = receiver.calls.at(-1)!
    const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
    const expected = createHmac('sha256', key)
      .update(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`)
      .digest('base64')
    expect(headers['webhook-signature']).toBe(`v1,${expected}`)
    expect(JSON.parse(body)).toMatchObject({
      type: 'case.act',
      data: { link: `https://data.city.invalid/desk/cases/${filed.id}` },
    })
    expect(body).not.toContain('低保')
  })

  it('are tried five times and then given up, which is shown; a redirect is not followed', async () => {
    receiver.answers(302)
    const before = receiver.calls.length
    await fileRequest(city.user, entryId)
    let at = Date.parse('2022-09-28T02:00:00Z')
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      await city.settle()
      at += 3_600_000
      city.at(new Date(at).toISOString())
    }
    expect(receiver.calls).toHaveLength(before + 5)
    expect((await city.authority.get('/api/v1/channels')).body.deliveries[0]).toMatchObject({
      channel: 'hook',
      state: 'failed',
      attempts: 5,
      failure: 'refused 302',
    })
    receiver.answers(204)
  })

  it('wait while their receiver is away: one finds out, the others do not try, and all arrive', async () => {
    const [{ id: stopped }] = (await city.authority.get('/api/v1/channels')).body.hooks.items
    await city.authority.delete(`/api/v1/channels/hooks/${stopped}`)
    const gone = await openReceiver()
    await city.authority.post('/api/v1/channels/hooks', { url: gone.url })
    await gone.close()
    city.at('2022-10-20T01:00:00Z')
    const sentThere = async (): Promise<{ state: string; attempts: number; failure: string | null }[]> =>
      (await city.authority.get('/api/v1/channels')).body.deliveries.filter(
        ({ to }: { to: string }) => to === gone.url,
      )
    for (let count = 0; count < 3; count += 1) {
      await fileRequest(city.user, entryId)
      await city.settle()
    }
    const waiting = await sentThere()
    expect(waiting.length).toBeGreaterThanOrEqual(3)
    for (const each of waiting) expect(each).toMatchObject({ state: 'waiting', failure: 'unreachable' })
    // As many as were under way at the same moment, and no more.
    expect([1, 2]).toContain(waiting.reduce((sum, { attempts }) => sum + attempts, 0))
    await gone.open()
    city.at('2022-10-20T01:06:00Z')
    await city.settle()
    for (const each of await sentThere()) expect(each).toMatchObject({ state: 'sent', failure: null })
    expect(gone.calls).toHaveLength(waiting.length)
    await gone.close()
  })

  it('stop when they are stopped', async () => {
    const [{ id }] = (await city.authority.get('/api/v1/channels')).body.hooks.items
    expect((await city.authority.delete(`/api/v1/channels/hooks/${id}`)).body.hooks.items).toEqual([])
    const before = receiver.calls.length
    await fileRequest(city.user, entryId)
    await city.settle()
    expect(receiver.calls).toHaveLength(before)
  })
})
