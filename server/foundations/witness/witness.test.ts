import { generateKeyPairSync } from 'node:crypto'
import { adjustableClock } from '@tiaoli/kernel/instants'
import { sql } from 'kysely'
import { beforeEach, expect, it } from 'vitest'
import type { Database } from '../database/index.ts'
import { describeStores } from '../database/test-kit.ts'
import { cosignatureVerifier, cosigner, noteSigner } from '../ledger/index.ts'
import { consistencyProof, rootOf, type SubtreeHash, sha256Tree } from '../ledger/merkle.ts'
import { createWitness, type Witness, witnessMigrations } from './index.ts'

const origin = 'witnessed.test/ledger'
const log = noteSigner(origin, generateKeyPairSync('ed25519').privateKey)
const stranger = noteSigner(origin, generateKeyPairSync('ed25519').privateKey)
const own = cosigner('witness.test/w1', generateKeyPairSync('ed25519').privateKey)

/** A tree whose leaves are numbered; from `fork` on they are others. */
function tree(fork = Number.POSITIVE_INFINITY): SubtreeHash {
  const at: SubtreeHash = async (level, index) =>
    level === 0
      ? sha256Tree.leaf(Buffer.from(index < fork ? `leaf ${index}` : `other ${index}`))
      : sha256Tree.pair(await at(level - 1, 2 * index), await at(level - 1, 2 * index + 1))
  return at
}

async function request(
  { old, size, fork }: { old: number; size: number; fork?: number },
  signer = log,
  proofOf = old,
): Promise<string> {
  const subtree = tree(fork)
  const root = await rootOf(sha256Tree, subtree, size)
  const proof = old <= size ? await consistencyProof(sha256Tree, subtree, proofOf, size) : []
  const lines = proof.map((hash) => `${hash.toString('base64')}\n`).join('')
  return `old ${old}\n${lines}\n${signer.sign(`${origin}\n${size}\n${root.toString('base64')}\n`)}`
}

describeStores('a witness', [witnessMigrations], (open) => {
  let database: Database
  let witness: Witness
  let recorded: unknown[]
  const clock = adjustableClock()
  const openWitness = () =>
    createWitness({
      database,
      ledger: {
        record: async (_tx, input) => {
          recorded.push(input)
          return { id: 'record', at: '' }
        },
      },
      cosigner: own,
      logs: [log],
      clock,
    })
  beforeEach(async () => {
    database = await open()
    recorded = []
    clock.setTo(new Date('2026-10-14T02:00:00Z'))
    witness = openWitness()
    return () => database.close()
  })
  const ask = async (...args: Parameters<typeof request>) => witness.addCheckpoint(await request(...args))

  it('cosigns a log that grows, in the form of C2SP', async () => {
    for (const [old, size] of [
      [0, 3],
      [3, 7],
      [7, 7],
      [7, 300],
    ] as const) {
      const body = await request({ old, size })
      const answer = await witness.addCheckpoint(body)
      expect(answer.kind).toBe('cosigned')
      const note = body.slice(body.indexOf('\n\n') + 2) + (answer as { lines: string }).lines
      expect(cosignatureVerifier(own.verifierKey).find(note)).toMatchObject([{ at: clock.now() }])
    }
    expect(await witness.standing()).toEqual([{ origin, size: 300, at: clock.now() }])
  })

  it('signs for no fork, and keeps the proof of it once', async () => {
    await ask({ old: 0, size: 7 })
    expect(await ask({ old: 7, size: 7, fork: 5 })).toEqual({ kind: 'conflict', size: 7 })
    expect(await ask({ old: 0, size: 7, fork: 5 })).toEqual({ kind: 'conflict', size: 7 })
    expect(recorded).toMatchObject([{ kind: 'witness.fork', payload: { origin, size: 7 } }])
    expect(await ask({ old: 7, size: 12, fork: 5 })).toEqual({ kind: 'proof-fails' })
    expect(recorded).toHaveLength(1)
  })

  it('is not rolled back, by an old request or a smaller tree', async () => {
    const first = await request({ old: 0, size: 3 })
    await witness.addCheckpoint(first)
    await ask({ old: 3, size: 7 })
    expect(await witness.addCheckpoint(first)).toEqual({ kind: 'conflict', size: 7 })
    expect(await ask({ old: 3, size: 5 })).toEqual({ kind: 'conflict', size: 7 })
    expect(await ask({ old: 7, size: 5 })).toEqual({ kind: 'old-size-above' })
    expect(await witness.standing()).toMatchObject([{ size: 7 }])
  })

  it('remembers over restarts what it signed for', async () => {
    await ask({ old: 0, size: 7 })
    witness = openWitness()
    expect(await ask({ old: 0, size: 9 })).toEqual({ kind: 'conflict', size: 7 })
    expect(await ask({ old: 7, size: 9 })).toMatchObject({ kind: 'cosigned' })
  })

  it('signs nothing that it could not keep', async () => {
    await database.script('alter table witnessed_log rename to witnessed_log_away')
    await expect(ask({ old: 0, size: 3 })).rejects.toThrow()
    await database.script('alter table witnessed_log_away rename to witnessed_log')
    expect(await witness.standing()).toMatchObject([{ size: null }])
  })

  it('takes no proof of another size, none too many, none where there is nothing to prove', async () => {
    await ask({ old: 0, size: 3 })
    expect(await ask({ old: 3, size: 8 }, log, 4)).toEqual({ kind: 'proof-fails' })
    expect(await ask({ old: 3, size: 8 }, log, 0)).toEqual({ kind: 'proof-fails' })
    const padded = (await request({ old: 3, size: 3 })).replace(
      'old 3\n',
      `old 3\n${Buffer.alloc(32).toString('base64')}\n`,
    )
    expect(await witness.addCheckpoint(padded)).toEqual({ kind: 'proof-fails' })
    expect(await witness.standing()).toMatchObject([{ size: 3 }])
  })

  it('knows only its logs and their keys', async () => {
    expect(await ask({ old: 0, size: 3 }, stranger)).toEqual({ kind: 'not-signed' })
    const forged = (await request({ old: 0, size: 3 })).replace(`\n${origin}\n3\n`, `\n${origin}\n4\n`)
    expect(await witness.addCheckpoint(forged)).toEqual({ kind: 'not-signed' })
    const elsewhere = (await request({ old: 0, size: 3 })).replaceAll(origin, 'elsewhere.test/ledger')
    expect(await witness.addCheckpoint(elsewhere)).toEqual({ kind: 'unknown-origin' })
    expect(await witness.standing()).toMatchObject([{ size: null }])
  })

  it.each([
    ['nothing', ''],
    ['no old size', 'x.test\n1\nAAAA\n\n— x.test AAAA\n'],
    ['an old size with a leading zero', 'old 00\n\nx.test\n1\n'],
    ['an old size beyond counting', 'old 99999999999999999999\n\nx.test\n1\n'],
    ['a line that is no hash', `old 0\nnone\n\n${log.sign(`${origin}\n0\n${'A'.repeat(43)}=\n`)}`],
    [
      'too many hashes',
      `old 0\n${`${'A'.repeat(43)}=\n`.repeat(64)}\n${log.sign(`${origin}\n0\n${'A'.repeat(43)}=\n`)}`,
    ],
    [
      'a checkpoint with lines of its own',
      `old 0\n\n${log.sign(`${origin}\n0\n${'A'.repeat(43)}=\nmore\n`)}`,
    ],
    ['no signature', `old 0\n\n${origin}\n0\n${'A'.repeat(43)}=\n`],
  ])('takes no request with %s', async (_, body) => {
    expect(await witness.addCheckpoint(body)).toEqual({ kind: 'malformed' })
  })

  it('vouches for one history when two are shown at once', async () => {
    await ask({ old: 0, size: 4 })
    const answers = await Promise.all([
      ask({ old: 4, size: 8 }),
      ask({ old: 4, size: 8, fork: 6 }),
      ask({ old: 4, size: 9, fork: 7 }),
    ])
    expect(answers.filter(({ kind }) => kind === 'cosigned')).toHaveLength(1)
    const { rows } = await sql`select 1 from witnessed_log`.execute(database.db)
    expect(rows).toHaveLength(1)
  })
})
