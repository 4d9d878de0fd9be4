import { sql } from 'kysely'
import { expect, it } from 'vitest'
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
