import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { verifyConsistency, verifyLog, verifyReceipt } from '../../cli/verify/index.ts'
import { logFolder, openLedgerIn } from './open-ledger.ts'

const kills = 16
/** Milliseconds between a writer's first acknowledged record and its end. */
const longestLife = 700
const receiptsAtOnce = 32

it(`loses no acknowledged record over ${kills} kills, and no checkpoint its prefix`, {
  timeout: 240_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-crash-'))
  const acknowledged: string[] = []
  const checkpoints: string[] = []
  for (let kill = 0; kill < kills; kill++) {
    acknowledged.push(...(await writeUntilKilled(folder, Math.random() * longestLife)))
    const published = join(logFolder(folder), 'checkpoint')
    if (existsSync(published)) checkpoints.push(readFileSync(published, 'utf8'))
  }

  const { database, ledger } = await openLedgerIn(folder)
  await ledger.sequence()
  const key = ledger.publicKey()
  for (let from = 0; from < acknowledged.length; from += receiptsAtOnce)
    await Promise.all(
      acknowledged.slice(from, from + receiptsAtOnce).map(async (id) => {
        expect(await verifyReceipt(await ledger.receipt(id), key)).toMatchObject({ ok: true, record: { id } })
      }),
    )
  for (const checkpoint of checkpoints)
    expect(await verifyConsistency(checkpoint, logFolder(folder), key)).toMatchObject({ ok: true })
  expect(await verifyLog(logFolder(folder), key)).toMatchObject({ ok: true })

  expect(acknowledged.length).toBeGreaterThan(kills)
  expect(new Set(checkpoints).size).toBeGreaterThan(1)
  await database.close()
  rmSync(folder, { recursive: true })
})

/** The ids that a writer acknowledged before it was killed. */
async function writeUntilKilled(folder: string, lifeMs: number): Promise<string[]> {
  const program = fileURLToPath(new URL('./writer.ts', import.meta.url))
  const writer = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    writer.once('exit', (_, signal) => resolve(signal)),
  )
  const ids: string[] = []
  const lines = createInterface(writer.stdout)
  const closed = new Promise((resolve) => lines.once('close', resolve))
  const first = new Promise((resolve) => lines.once('line', resolve))
  lines.on('line', (id) => ids.push(id))
  await Promise.race([first, ended])
  await sleep(lifeMs)
  writer.kill('SIGKILL')
  expect(await ended).toBe('SIGKILL')
  await closed
  return ids
}
