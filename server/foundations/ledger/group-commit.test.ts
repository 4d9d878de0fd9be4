import { expect, it } from 'vitest'
import { createGroupCommit, type GroupLimits } from './group-commit.ts'

/** A writer whose writes end when they are told to. */
function held(itemsForSecondWrite: number, limits: Partial<GroupLimits> = {}) {
  const writes: { readonly items: readonly number[]; end(): void; fail(): void }[] = []
  const commits = createGroupCommit<number, string>(
    (items) =>
      new Promise((resolve, reject) => {
        const name = `write ${writes.length}`
        writes.push({ items, end: () => resolve(name), fail: () => reject(new Error(name)) })
      }),
    { itemsPerWrite: 4, itemsForSecondWrite, itemsUndivided: 4, waitingItems: 6, ...limits },
  )
  return { commits, writes, turn: () => new Promise((resolve) => setImmediate(resolve)) }
}

it('writes what comes while a write is under way together, once that has ended', async () => {
  const { commits, writes, turn } = held(3)
  const first = commits.add(1)
  await turn()
  const later = [commits.add(2), commits.add(3)]
  await turn()
  expect(writes.map(({ items }) => items)).toEqual([[1]])
  writes[0]!.end()
  expect(await first).toBe('write 0')
  await turn()
  expect(writes.map(({ items }) => items)).toEqual([[1], [2, 3]])
  writes[1]!.end()
  expect(await Promise.all(later)).toEqual(['write 1', 'write 1'])
  await commits.drained()
})

it('begins a second write beside the first when enough are waiting, and never a third', async () => {
  const { commits, writes, turn } = held(3)
  void commits.add(1)
  await turn()
  for (const item of [2, 3, 4]) void commits.add(item)
  await turn()
  for (const item of [5, 6, 7, 8, 9]) void commits.add(item)
  await turn()
  expect(writes.map(({ items }) => items)).toEqual([[1], [2, 3, 4]])
  for (let at = 0; at < 4; at++) {
    writes[at]?.end()
    await turn()
    await turn()
  }
  expect(writes.flatMap(({ items }) => items)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  await commits.drained()
})

it('turns away who finds too many waiting, and fails those alone whose write failed', async () => {
  const { commits, writes, turn } = held(100)
  const first = commits.add(1)
  await turn()
  const waiting = [2, 3, 4, 5, 6, 7].map((item) => commits.add(item))
  await expect(commits.add(8)).rejects.toMatchObject({ code: 'ledger-full' })
  writes[0]!.fail()
  await expect(first).rejects.toThrow('write 0')
  await turn()
  writes[1]!.end()
  expect(await Promise.all(waiting.slice(0, 4))).toEqual(Array(4).fill('write 1'))
  await turn()
  writes[2]!.end()
  expect(await Promise.all(waiting.slice(4))).toEqual(Array(2).fill('write 2'))
})

/** Sizes of the first groups of 32 callers, of whom one came first and each calls again `pause` after an answer. */
async function groupsOfCallers(pause: () => Promise<unknown>) {
  const { commits, writes, turn } = held(100, { itemsPerWrite: 100, itemsUndivided: 2, waitingItems: 100 })
  let calling = true
  const caller = async () => {
    while (calling) {
      await commits.add(0)
      await pause()
    }
  }
  const callers = [caller()]
  await turn()
  callers.push(...Array.from({ length: 31 }, caller))
  for (let at = 0; at < 10; at++) {
    calling = at < 8
    writes[at]?.end()
    for (let turns = 0; turns < 3; turns++) await turn()
  }
  await Promise.all(callers)
  return writes.slice(0, 8).map(({ items }) => items.length)
}

it('lets callers who call again later fall into two equal groups, however they began', async () => {
  const oneTurnLater = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  expect(await groupsOfCallers(oneTurnLater)).toEqual([1, 16, 16, 16, 16, 16, 16, 16])
})

it('lets callers who call again at once come together', async () => {
  expect((await groupsOfCallers(async () => {})).at(-1)).toBe(32)
})

it('does not divide a few', async () => {
  const { commits, writes, turn } = held(100, { itemsUndivided: 3 })
  for (const item of [1, 2, 3]) void commits.add(item)
  await turn()
  expect(writes.map(({ items }) => items)).toEqual([[1, 2, 3]])
  writes[0]!.end()
  await commits.drained()
})
