import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { stageFile } from './staging.ts'
import { ingest, loadRequest, stageBytes, temporaryLake } from './test-kit.ts'

const mount = (folder: string, options: string) =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0

const rows = (count: number, from = 0): string =>
  `k,v\n${Array.from({ length: count }, (_, at) => `k${from + at},${'x'.repeat(90)}${(at * 2_654_435_761) % 4_294_967_296}`).join('\n')}\n`
const keyed = {
  keyFields: ['k'],
  columns: ['k', 'v'].map((name) => ({ source: name, field: name, type: 'text', required: true }) as const),
}

describe('a disk that is full', () => {
  it('is said by name to whoever sends a file, and nothing of it stays', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tiaoli-full-'))
    for (const code of ['ENOSPC', 'EDQUOT']) {
      const stream = Readable.from(
        (async function* () {
          yield Buffer.from('a\n')
          throw Object.assign(new Error('write'), { code })
        })(),
      )
      const options = { fileName: 'a.csv', maxBytes: 1_000 }
      await expect(stageFile(folder, stream, options)).rejects.toMatchObject({ code: 'storage-full' })
    }
    expect(await readdir(folder)).toEqual([])
    await rm(folder, { recursive: true })
  })

  it('refuses a file or a batch whole, leaves the earlier snapshot, and takes it in once there is room', async (context) => {
    const parent = await mkdtemp(join(tmpdir(), 'tiaoli-full-'))
    // Needs the right to mount; without it this says so, and the test above stands alone.
    if (!mount(parent, 'size=2m')) return context.skip('no disk of its own may be mounted here')
    const lake = await temporaryLake(undefined, parent)
    try {
      const { sealed } = await ingest(lake, rows(200), keyed)
      const before = await readdir(join(lake.folder, 'snapshots'))
      await expect(stageBytes(lake, rows(40_000))).rejects.toMatchObject({ code: 'storage-full' })
      const staged = await stageBytes(lake, rows(9_000, 100))
      const onto = { snapshotId: sealed.snapshotId, mode: 'upsert' } as const
      const name = {
        tables: [{ name: 'rows.csv', rowCount: 0, columns: [], sampleRows: [], malformedRows: 0 }],
      }
      const request = loadRequest(staged, { format: 'csv', ...name }, { ...keyed, onto })
      await expect(lake.load(request)).rejects.toMatchObject({ code: 'storage-full' })
      expect(await readdir(join(lake.folder, 'snapshots'))).toEqual(before)
      const earlier = await lake.reader(sealed.snapshotId)
      expect(earlier.rowByKey(['k199'], ['k'])).toEqual({ k: 'k199' })
      expect(mount(parent, 'remount,size=64m')).toBe(true)
      const changed = await lake.load(request)
      expect(changed).toMatchObject({ rows: 9_100, changes: { added: 8_900, replaced: 100, removed: 0 } })
    } finally {
      await lake.remove()
      // Lazily: the engine lets go of its last files when it is collected.
      execFileSync('umount', ['-l', parent])
      await rm(parent, { recursive: true })
    }
  })
})
