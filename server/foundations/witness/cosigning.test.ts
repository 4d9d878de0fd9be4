import { generateKeyPairSync } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { adjustableClock } from '@tiaoli/kernel/instants'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type Checkpoint,
  cosignatureVerifier,
  cosigner,
  type LogView,
  noteSigner,
  readCheckpointText,
} from '../ledger/index.ts'
import { createCosigning } from './index.ts'

const origin = 'asking.test/ledger'
const log = noteSigner(origin, generateKeyPairSync('ed25519').privateKey)
const witness = cosigner('w1.test/witness', generateKeyPairSync('ed25519').privateKey)
const impostor = cosigner('w1.test/witness', generateKeyPairSync('ed25519').privateKey)

const checkpointOf = (size: number, cosignatures = ''): Checkpoint => {
  const text = `${origin}\n${size}\n${Buffer.alloc(32, size).toString('base64')}\n`
  return { ...readCheckpointText(text)!, note: log.sign(text) + cosignatures }
}

describe('asking a witness', () => {
  let server: Server
  let answer: (body: string) => { status: number; text: string }
  const asked: string[] = []
  const published: string[] = []
  const failures: string[] = []
  const proofs: [number, number][] = []
  const clock = adjustableClock()
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      let body = ''
      for await (const part of request) body += part
      asked.push(body.split('\n')[0]!)
      const { status, text } = answer(body)
      response.writeHead(status).end(text)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => void server.close())
  beforeEach(() => {
    for (const list of [asked, published, failures, proofs]) list.length = 0
    clock.setTo(new Date('2026-10-14T02:00:00Z'))
  })

  const signed = (text: string, by = witness) => ({ status: 200, text: by.cosign(text, clock.now()) })
  const textOf = (body: string) => `${body.split('\n\n')[1]!}\n`

  async function round(checkpoint: Checkpoint, more: Partial<LogView> = {}, port?: number): Promise<void> {
    const to = port ?? (server.address() as AddressInfo).port
    const view: LogView = {
      node: '',
      path: '',
      algorithm: 'sha256',
      verifierKey: log.verifierKey,
      checkpoint,
      witnessed: undefined,
      ...more,
    }
    await createCosigning({
      ledger: {
        logs: async () => [view],
        consistencyProof: async (_path, older, newer) => {
          proofs.push([older, newer])
          return []
        },
        publishCosigned: async (_path, note) => void published.push(note),
      },
      witnesses: [
        {
          verifier: cosignatureVerifier(witness.verifierKey),
          url: new URL(`http://127.0.0.1:${to}/witness/add-checkpoint`),
        },
      ],
      clock,
      onFailure: (name, cause) => failures.push(`${name}: ${(cause as Error).message}`),
    }).round()
  }

  it('goes on from what it cosigned last, and publishes its line', async () => {
    answer = (body) => signed(textOf(body))
    const witnessed = checkpointOf(5, witness.cosign(checkpointOf(5).text, clock.now()))
    await round(checkpointOf(9), { witnessed })
    expect(asked).toEqual(['old 5'])
    expect(proofs).toEqual([[5, 9]])
    expect(published).toEqual([
      log.sign(checkpointOf(9).text) + witness.cosign(checkpointOf(9).text, clock.now()),
    ])
  })

  it('begins where the witness says it is, once', async () => {
    answer = (body) => (body.startsWith('old 7\n') ? signed(textOf(body)) : { status: 409, text: '7\n' })
    await round(checkpointOf(9))
    expect(asked).toEqual(['old 0', 'old 7'])
    expect(published).toHaveLength(1)
    answer = () => ({ status: 409, text: '8\n' })
    await round(checkpointOf(9))
    expect(failures).toEqual(['w1.test/witness: answered 409'])
  })

  it('is content with a cosignature of this day, and asks anew after it', async () => {
    answer = (body) => signed(textOf(body))
    const fresh = checkpointOf(9, witness.cosign(checkpointOf(9).text, clock.now()))
    await round(fresh)
    expect(asked).toEqual([])
    clock.setTo(new Date('2026-10-15T02:00:01Z'))
    await round(fresh, { witnessed: fresh })
    expect(asked).toEqual(['old 9'])
  })

  it('asks about no SM3 tree and no empty log', async () => {
    await round(checkpointOf(9), { algorithm: 'sm3' })
    await round(checkpointOf(0))
    expect(asked).toEqual([])
  })

  it.each<[string, (body: string) => { status: number; text: string }, string]>([
    ['signs with another key', (body) => signed(textOf(body), impostor), 'sent no valid cosignature'],
    ['signs another checkpoint', () => signed(checkpointOf(8).text), 'sent no valid cosignature'],
    ['answers nonsense', () => ({ status: 200, text: 'yes' }), 'sent no valid cosignature'],
    ['refuses', () => ({ status: 403, text: '' }), 'answered 403'],
    ['is ahead of us', () => ({ status: 409, text: '12\n' }), 'answered 409'],
    ['answers without end', () => ({ status: 200, text: 'x'.repeat(70_000) }), 'too-large'],
  ])('publishes nothing of a witness that %s', async (_, behave, why) => {
    answer = behave
    await round(checkpointOf(9))
    expect(published).toEqual([])
    expect(failures).toEqual([`w1.test/witness: ${why}`])
  })

  it('publishes nothing of a witness that is away', async () => {
    await round(checkpointOf(9), {}, 1)
    expect(published).toEqual([])
    expect(failures).toEqual(['w1.test/witness: unreachable'])
  })
})
