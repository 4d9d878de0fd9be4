import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../tools/postgres.ts'
import type { BenchRow } from './bench.types.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const targetSeconds = 5

/** `npm start` as a person runs it: the first time with the demo city, then again on the same data. */
export async function startBench(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-bench-'))
  try {
    const first = await secondsUntilUsable(folder)
    const second = await secondsUntilUsable(folder)
    return [
      { name: 'npm start, first, demo city filled', value: first, unit: 's' },
      {
        name: 'npm start, second',
        value: second,
        unit: 's',
        target: `< ${targetSeconds}`,
        met: second < targetSeconds,
      },
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function secondsUntilUsable(folder: string): Promise<number> {
  const port = await freePort()
  const begin = performance.now()
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: { ...process.env, PORT: String(port), TIAOLI_DATA: folder },
    stdio: 'ignore',
    detached: true,
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`)
      if (await isUp(`http://127.0.0.1:${port}/healthz`))
        return Math.round((performance.now() - begin) / 100) / 10
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  } finally {
    process.kill(-child.pid!, 'SIGTERM')
    await ended
  }
}

const isUp = (url: string): Promise<boolean> =>
  fetch(url).then(
    (response) => response.ok,
    // Nothing listens yet: that is what is being waited for.
    () => false,
  )

if (import.meta.main) console.table(await startBench())
