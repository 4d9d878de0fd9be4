import { expect } from 'vitest'
import type { Caller } from './caller.ts'

/** An entry's aggregation task as a caller sees it. */
export const taskOf = async (caller: Caller, entryId: string) =>
  (await caller.get(`/api/v1/aggregation/tasks/${entryId}`)).body

/** Titles of what a caller has been told, of one kind of notice. */
export async function toldOf(caller: Caller, kind: string): Promise<string[]> {
  const { items } = (await caller.get('/api/v1/notices?limit=100')).body
  return items
    .filter((notice: { kind: string }) => notice.kind === kind)
    .map((notice: { title: { zh: string } }) => notice.title.zh)
}

/** What a caller was told of one kind rests on no statute, and the notice says so. */
export async function expectToldAsLocal(caller: Caller, kind: string): Promise<void> {
  const { items } = (await caller.get('/api/v1/notices?limit=100')).body
  const told = items.filter((notice: { kind: string }) => notice.kind === kind)
  expect(told, kind).not.toEqual([])
  for (const notice of told) {
    expect(notice.body.zh).toContain('非法定期限')
    expect(notice.body.en).toContain('not statutory')
  }
}

/** The date by which an entry is due again: the city's own or its provider's, never the regulation's. */
export async function expectLocalDue(caller: Caller, entryId: string, instrument: string): Promise<void> {
  const task = await taskOf(caller, entryId)
  expect(task.dueAt).not.toBeNull()
  expect([task.dueKind, task.dueInstrument?.zh]).toEqual(['local', instrument])
}
