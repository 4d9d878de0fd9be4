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
