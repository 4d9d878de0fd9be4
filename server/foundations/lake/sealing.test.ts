import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sha256Of } from './durable.ts'
import { createLake } from './index.ts'
import { ingest } from './test-kit.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tiaoli-sealing-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A process that takes the same small file in again and again, and changes what it made, until it is killed. */
const endlessLoads = `
  import { ingest } from '${join(import.meta.dirname, 'test-kit.ts')}'
  import { createLake } from '${join(import.meta.dirname, 'index.ts')}'
  const lake = await createLake({ folder: process.argv[1] })
  const csv = 'k,v\\n' + Array.from({ length: 3000 }, (_, index) => index + ',' + index * 2).join('\\n') + '\\nx,bad\\n'
  const columns = ['k', 'v'].map((name) => ({ source: name, field: name, type: 'integer', required: true }))
  for (;;) {
    const { sealed } = await ingest(lake, csv, { columns, keyFields: ['k'] })
    console.log('sealed')
    const onto = { snapshotId: sealed.snapshotId, mode: 'upsert' }
    await ingest(lake, 'k,v\\n2999,1\\n3000,2\\n', { columns, keyFields: ['k'], onto })
  }
`

async function killDuringLoads(afterMs: number): Promise<void> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', endlessLoads, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  await wait(afterMs)
  child.kill('SIGKILL')
  await once(child, 'exit')
}

describe('sealing', () => {
  it('leaves each snapshot complete or absent, whenever the process is killed', async () => {
    // After one whole load, at moments spread over the next ones, however long they take on this machine.
    for (let round = 0; round < 12; round += 1) await killDuringLoads(1 + ((round * 37) % 211))
    const home = join(folder, 'snapshots')
    const named = (await readdir(home)).filter((name) => !name.startsWith('.'))
    expect(named.length).toBeGreaterThanOrEqual(12)
    const lake = await createLake({ folder })
    for (const snapshotId of named) {
      const reader = await lake.reader(snapshotId)
      const { rows, refusedRows, sha256, changes, parts } = reader.manifest
      if (changes !== undefined) {
        expect([rows, refusedRows, changes]).toEqual([3_001, 0, { added: 1, replaced: 1, removed: 0 }])
        expect(parts).toHaveLength(2)
        const values = ['0', '2999', '3000'].map((key) => reader.rowByKey([key], ['v'])?.v)
        expect(values).toEqual([0, 1, 2])
        expect((await reader.page({ fields: ['k'], filters: [], sort: [], limit: 4_000 })).rows).toHaveLength(
          3_001,
        )
        continue
      }
      expect([rows, refusedRows]).toEqual([3_000, 1])
      expect(await sha256Of(join(home, snapshotId, 'rows.parquet'))).toBe(sha256)
      expect(reader.rowByKey(['2999'], ['v'])).toEqual({ v: 5_998 })
      const page = await reader.page({ fields: ['k'], filters: [], sort: [], limit: 3_000 })
      expect(page.rows.length).toBe(3_000)
      expect((await readFile(join(home, snapshotId, 'refused.csv'), 'utf8')).split('\r\n').length).toBe(3)
    }
    await lake.sweep(new Set())
    expect((await readdir(home)).toSorted()).toEqual(named.toSorted())
    expect(await readdir(join(folder, 'staging'))).toEqual([])
    await lake.close()
  })

  it('keeps staged files that are to be kept, and forgets a snapshot that is removed', async () => {
    const lake = await createLake({ folder })
    const { staged, sealed } = await ingest(lake, 'a\n1\n')
    await lake.sweep(new Set([staged.path]))
    expect((await lake.profile(staged)).tables[0]!.rowCount).toBe(1)
    await lake.removeSnapshot(sealed.snapshotId)
    await expect(lake.reader(sealed.snapshotId)).rejects.toMatchObject({ code: 'snapshot-missing' })
    await expect(lake.reader('../staging')).rejects.toMatchObject({ code: 'snapshot-missing' })
    await lake.close()
  })
})
