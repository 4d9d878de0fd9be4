import { adjustableClock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Database } from '../database/index.ts'
import { describeStores } from '../database/test-kit.ts'
import { createNotices, type Notices, noticeMigrations } from './index.ts'

const about = (title: string) => ({
  kind: 'case.act',
  title: text(title, title),
  body: text('内容', 'body'),
  link: null,
})

describeStores('notices', [noticeMigrations], (open) => {
  let database: Database
  let notices: Notices
  const clock = adjustableClock()
  beforeAll(async () => {
    database = await open()
    notices = createNotices({ database, clock })
    clock.setTo(new Date('2026-09-28T04:00:00Z'))
  })
  beforeEach(() => sql`delete from notice`.execute(database.db))
  afterAll(() => database.close())

  const titles = async (userId: string, before?: string, limit = 50) =>
    (await notices.list(userId, before, limit)).map((notice) => notice.title.zh)

  it('reach each of those they are sent to once, and nobody else', async () => {
    await notices.send(database.db, ['one', 'two', 'one'], about('甲'))
    await notices.send(database.db, [], about('乙'))
    expect(await titles('one')).toEqual(['甲'])
    expect(await titles('two')).toEqual(['甲'])
    expect(await titles('three')).toEqual([])
  })

  it('are not sent when what they tell of is undone', async () => {
    await expect(
      database.inTransaction(async (tx) => {
        await notices.send(tx, ['one'], about('甲'))
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
    expect(await notices.unread('one')).toBe(0)
  })

  it('come newest first, page by page, none twice and none left out', async () => {
    for (const title of ['甲', '乙', '丙', '丁', '戊']) await notices.send(database.db, ['one'], about(title))
    const first = await notices.list('one', undefined, 2)
    expect(first.map((notice) => notice.title.zh)).toEqual(['戊', '丁'])
    expect(await titles('one', first.at(-1)!.id, 2)).toEqual(['丙', '乙'])
  })

  it('are read by their own reader: some by id, or all', async () => {
    for (const title of ['甲', '乙', '丙']) await notices.send(database.db, ['one', 'two'], about(title))
    const [newest] = await notices.list('one', undefined, 1)
    const [foreign] = await notices.list('two', undefined, 1)
    expect(await notices.markRead('one', [newest!.id, foreign!.id])).toBe(1)
    expect(await notices.markRead('one', [newest!.id])).toBe(0)
    expect(await notices.unread('one')).toBe(2)
    expect(await notices.markRead('one', undefined)).toBe(2)
    expect([await notices.unread('one'), await notices.unread('two')]).toEqual([0, 3])
    expect((await notices.list('one', undefined, 1))[0]).toMatchObject({ readAt: clock.now() })
  })
})
