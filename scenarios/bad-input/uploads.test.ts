import { readdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { companyFile, publishEntry } from '../kit/acts.ts'
import { type City, openCity } from '../kit/city.ts'
import { expectProblem } from '../kit/problem.ts'
import { syntheticCreditCode } from '../kit/synthetic.ts'

const maxUploadMb = 1

let city: City
let path: string
let port: number
let authorization: string
beforeAll(async () => {
  city = await openCity('chongqing', { maxUploadMb })
  city.at('2023-03-01T02:00:00Z')
  path = `/api/v1/entries/${await publishEntry(city, {})}/batches`
  await city.house.app.listen({ host: '127.0.0.1', port: 0 })
  port = (city.house.app.server.address() as AddressInfo).port
  const { key } = (await city.steward.post('/api/v1/api-keys', { name: '上传' })).body
  authorization = `Bearer ${key}`
})
afterAll(() => {
  // The connection that was answered before all was sent would be waited for.
  city.house.app.server.closeAllConnections()
  return city.close()
})

const batches = async (): Promise<number> => (await city.steward.get('/api/v1/batches')).body.items.length
const staged = (): string[] => readdirSync(join(city.dataFolder, 'lake', 'staging'))

/** Says these bytes to the server over a socket, then hangs up or waits for what it answers. */
async function say(bytes: string, then: 'hang up' | 'listen'): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk) => {
    heard += chunk
  })
  // Hanging up on each other is what this is about.
  socket.on('error', () => {})
  const closed = new Promise((resolve) => socket.once('close', resolve))
  socket.write(bytes)
  await sleep(150)
  if (then === 'hang up') socket.destroy()
  await Promise.race([closed, sleep(2_000)])
  socket.destroy()
  return heard
}

const head = (lines: readonly string[]) =>
  `${[`POST ${path}?filename=a.csv HTTP/1.1`, 'host: x', `authorization: ${authorization}`, ...lines].join('\r\n')}\r\n\r\n`

/** A form of these parts; `end` false leaves it without its last boundary. */
function form(parts: readonly { name: string; filename?: string; text: string }[], end = true): Buffer {
  const texts = parts.map(
    ({ name, filename, text }) =>
      `--x\r\ncontent-disposition: form-data; name="${name}"${filename === undefined ? '' : `; filename="${filename}"`}\r\n\r\n${text}\r\n`,
  )
  return Buffer.from(texts.join('') + (end ? '--x--\r\n' : ''))
}
const sendForm = (body: Buffer, query = '', type = 'multipart/form-data; boundary=x') =>
  city.steward.send('POST', path + query, body, { 'content-type': type })
const good = companyFile([syntheticCreditCode(1)])

describe('an upload that breaks off', () => {
  it.each([
    [
      'as a body of announced length',
      () => `${head(['content-type: application/octet-stream', 'content-length: 100000'])}甲,乙\n1,2\n`,
    ],
    [
      'as a body in pieces',
      () => `${head(['content-type: text/csv', 'transfer-encoding: chunked'])}5\r\n1,2\n3\r\n`,
    ],
    [
      'as a form',
      () =>
        `${head(['content-type: multipart/form-data; boundary=x', 'content-length: 100000'])}${form([{ name: 'file', filename: 'a.csv', text: good }], false)}`,
    ],
  ])('%s leaves no batch and no file behind', async (_name, bytes) => {
    const before = [await batches(), staged().length]
    await say(bytes(), 'hang up')
    await expect.poll(async () => [await batches(), staged().length], { timeout: 5_000 }).toEqual(before)
  })

  it('in the middle of a form that says it is whole is refused', async () => {
    const answer = await sendForm(form([{ name: 'file', filename: 'a.csv', text: good }], false))
    expect(['file-unreadable', 'bad-request']).toContain(expectProblem(answer))
    expect(await batches()).toBe(0)
  })
})

describe('an upload', () => {
  const tooMuch = 'a,b\n'.repeat(maxUploadMb * 2 ** 18 + 1)

  it('of more than is allowed is refused whole, never cut', async () => {
    const before = await batches()
    expect(expectProblem(await city.steward.upload(`${path}?filename=a.csv`, tooMuch))).toBe('too-large')
    expect(expectProblem(await sendForm(form([{ name: 'file', filename: 'a.csv', text: tooMuch }])))).toBe(
      'too-large',
    )
    expect(await batches()).toBe(before)
    expect(staged()).toEqual([])
  })

  it('of more than is allowed hears so over a real connection, to the end of what it sends', async () => {
    const form = new FormData()
    form.set('file', new Blob([tooMuch.repeat(8)]), 'a.csv')
    for (const body of [new Blob([tooMuch.repeat(8)]), form]) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}?filename=a.csv`, {
        method: 'POST',
        headers: { authorization },
        body,
      })
      expect([answer.status, (await answer.json()).code]).toEqual([413, 'too-large'])
    }
    expect(staged()).toEqual([])
  })

  it.each([
    ['without a file', form([{ name: 'note', text: '甲' }]), 'bad-request'],
    ['of nothing', Buffer.alloc(0), 'bad-request'],
    ['with a field of 10 MB', form([{ name: 'note', text: 'a'.repeat(10 * 2 ** 20) }]), 'bad-request'],
    ['with a field called __proto__', form([{ name: '__proto__', text: '甲' }]), 'bad-request'],
    [
      'with a hundred fields',
      form(Array.from({ length: 100 }, (_, n) => ({ name: `n${n}`, text: '1' }))),
      'too-large',
    ],
    ['that is no form', Buffer.from('not a form at all'), 'bad-request'],
  ])('as a form %s is refused', async (_name, body, code) => {
    expect(expectProblem(await sendForm(body))).toBe(code)
  })

  it('as a form without a boundary is refused', async () => {
    expect(['bad-request', 'unsupported-media']).toContain(
      expectProblem(await sendForm(form([]), '', 'multipart/form-data')),
    )
  })

  it('as a raw body of any type needs a name, and one that can be kept', async () => {
    for (const type of ['text/plain', 'text/csv', 'application/octet-stream', 'x/y']) {
      const send = (query: string) => city.steward.send('POST', path + query, good, { 'content-type': type })
      expect(expectProblem(await send(''))).toBe('bad-request')
      expect(expectProblem(await send('?filename=%00.csv'))).toBe('bad-request')
      expect(expectProblem(await send(`?filename=${'a'.repeat(256)}`))).toBe('bad-request')
      expect((await send('?filename=a.csv')).status).toBe(202)
    }
  })

  it('keeps an odd name as it is and puts it nowhere else', async () => {
    for (const name of [
      '../../etc/passwd',
      '甲"乙.csv',
      'a\r\nset-cookie: x',
      '<script>.csv',
      '\u202egpj.csv',
    ]) {
      const sent = await city.steward.upload(`${path}?filename=${encodeURIComponent(name)}`, good)
      expect(sent.status).toBe(202)
      expect(sent.body.fileName).toBe(name)
      expect(sent.headers['set-cookie']).toBeUndefined()
    }
    const posted = await sendForm(form([{ name: 'file', filename: '..\\\\甲.csv', text: good }]))
    expect(posted.status).toBe(202)
  })

  it('by somebody who may not is refused before a byte of it is kept', async () => {
    const before = staged().length
    expect(expectProblem(await city.user.upload(`${path}?filename=a.csv`, good))).toBe('not-allowed')
    expect(expectProblem(await city.visitor.upload(`${path}?filename=a.csv`, good))).toBe('not-signed-in')
    expect(staged()).toHaveLength(before)
  })
})

describe('what is hardly HTTP', () => {
  it.each([
    ['garbage', 'garbage\r\n\r\n'],
    ['headers without end', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`],
    [
      'an address that cannot be decoded',
      'GET /api/v1/entries/%E4%ZZ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
    ],
    [
      'two lengths',
      'POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\na',
    ],
    [
      'a length with pieces',
      'POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
  ])('%s is answered with a problem', async (_name, bytes) => {
    const heard = await say(bytes, 'listen')
    expect(heard).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(heard).toMatch(/content-type: application\/problem\+json/i)
    expect(JSON.parse(heard.slice(heard.indexOf('\r\n\r\n') + 4))).toMatchObject({
      code: 'bad-request',
      status: 400,
    })
  })
})
