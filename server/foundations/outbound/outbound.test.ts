import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addressGuard } from './address-guard.ts'
import { getJson } from './get-json.ts'
import type { OutboundError } from './outbound-error.ts'
import { secretSeal } from './sealed-secret.ts'

describe('addresses that may be called', () => {
  const closed = addressGuard([])
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '::127.0.0.1',
    '::ffff:0:10.0.0.1',
    '64:ff9b:1::10.0.0.1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    'fec0::1',
    'not an address',
  ])('refuses %s', (address) => {
    expect(closed(address)).toBe(false)
  })
  it('lets public addresses through, and inside ones that the administrator opened', () => {
    expect(closed('8.8.8.8')).toBe(true)
    expect(closed('2400:3200::1')).toBe(true)
    const opened = addressGuard(['10.20.0.0/16', 'fd00::/8'])
    expect(opened('10.20.3.4')).toBe(true)
    expect(opened('10.21.3.4')).toBe(false)
    expect(opened('fd00::1')).toBe(true)
    expect(() => addressGuard(['10.20.0.0'])).toThrow(/10\.20\.0\.0/)
    expect(() => addressGuard(['10.20.0.0/33'])).toThrow(RangeError)
  })
})

describe('asking another system', () => {
  let server: Server
  let port: number
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/json') response.end(JSON.stringify({ bearer: request.headers.authorization }))
      else if (request.url === '/moved') response.writeHead(302, { location: '/json' }).end()
      else if (request.url === '/large') response.end(JSON.stringify('x'.repeat(2_000)))
      else if (request.url === '/text') response.end('<html>')
      else if (request.url !== '/slow') response.writeHead(404).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    port = (server.address() as AddressInfo).port
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  const here = addressGuard(['127.0.0.0/8', '::1/128'])
  const ask = (path: string, given: object = {}) =>
    getJson({ url: new URL(`http://127.0.0.1:${port}${path}`), guard: here, ...given })
  const failure = (call: Promise<unknown>) =>
    call.then(
      () => 'answered',
      (error: OutboundError) => error.code,
    )

  it('gives the value, and nothing for what is not there', async () => {
    expect(await ask('/json', { bearer: 'synthetic' })).toEqual({ bearer: 'Bearer synthetic' })
    expect(await ask('/nothing')).toBeUndefined()
  })

  it('does not call an address that is not open, named or literal', async () => {
    const guard = addressGuard([])
    expect(await failure(ask('/json', { guard }))).toBe('address-not-allowed')
    const named = getJson({ url: new URL(`http://localhost:${port}/json`), guard })
    expect(await failure(named)).toBe('address-not-allowed')
    expect(await failure(getJson({ url: new URL('file:///etc/hostname'), guard: here }))).toBe(
      'address-not-allowed',
    )
  })

  it('takes a token that no header can hold for a failure of the call', async () => {
    expect(await failure(ask('/json', { bearer: '令牌' }))).toBe('unreachable')
  })

  it('follows no redirect and bounds size, time and form', async () => {
    expect(await failure(ask('/moved'))).toBe('refused')
    expect(await failure(ask('/large', { maxBytes: 1_000 }))).toBe('too-large')
    expect(await failure(ask('/text'))).toBe('not-json')
    expect(await failure(ask('/slow', { timeoutMs: 100 }))).toBe('too-slow')
    server.close()
    expect(await failure(getJson({ url: new URL('http://127.0.0.1:1/'), guard: here }))).toBe('unreachable')
  })
})

it('seals secrets so that only the same installation opens them', () => {
  const seal = secretSeal('of this installation')
  const sealed = seal.seal('令牌 token')
  expect(sealed).not.toContain('token')
  expect(seal.open(sealed)).toBe('令牌 token')
  expect(() => secretSeal('of another').open(sealed)).toThrow()
})
