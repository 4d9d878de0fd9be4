import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openDatabase } from './database.ts'
import { describeStores } from './test-kit.ts'

describeStores('database', [], (open) => {
  it('gives the same JavaScript values on every engine', async () => {
    const database = await open()
    const { rows } = await sql`
      select 9007199254740991::bigint as big, timestamptz '2026-10-14T01:30:00Z' as at,
             array['甲','乙'] as list, '{"a":[1]}'::jsonb as json`.execute(database.db)
    expect(rows).toEqual([
      { big: 9007199254740991, at: new Date('2026-10-14T01:30:00Z'), list: ['甲', '乙'], json: { a: [1] } },
    ])
    await database.close()
  })

  it('undoes a transaction that throws', async () => {
    const database = await open()
    await database.script('create table thing (id int primary key); insert into thing values (1);')
    await expect(
      database.inTransaction(async (tx) => {
        await sql`insert into thing values (2)`.execute(tx)
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    const { rows } = await sql`select id from thing`.execute(database.db)
    expect(rows).toEqual([{ id: 1 }])
    await database.close()
  })
})

it('lets one process alone into a folder, and the next as soon as that one is gone', async () => {
  const above = await mkdtemp(join(tmpdir(), 'tiaoli-lock-'))
  const folder = join(above, 'store')
  const lockUrl = new URL('./folder-lock.ts', import.meta.url).href
  const other = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    `const { lockFolder } = await import(${JSON.stringify(lockUrl)})
     globalThis.held = await lockFolder(${JSON.stringify(folder)})
     console.log('locked')
     setInterval(() => {}, 1000)`,
  ])
  await once(other.stdout, 'data')
  await expect(openDatabase({ kind: 'embedded', folder })).rejects.toThrow('数据文件夹正由另一个进程使用')
  other.kill('SIGKILL')
  await once(other, 'exit')
  const database = await openDatabase({ kind: 'embedded', folder })
  await expect(openDatabase({ kind: 'embedded', folder })).rejects.toThrow('another process has')
  await database.close()
  await rm(above, { recursive: true })
})
