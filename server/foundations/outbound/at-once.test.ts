import { expect, it } from 'vitest'
import { atOnce, TooBusy } from './at-once.ts'

const work = () => {
  let end = () => {}
  const done = new Promise<void>((resolve) => {
    end = resolve
  })
  return { run: () => done, end: () => end() }
}

it('runs a bounded number at once under one name, lets some wait in their order, and turns others away', async () => {
  const { run } = atOnce({ most: 1, waiting: 2, waitMs: 60_000 })
  const order: string[] = []
  const first = work()
  const running = run('a', first.run).then(() => order.push('first'))
  const second = run('a', async () => order.push('second'))
  const third = run('a', async () => order.push('third'))
  await expect(run('a', async () => order.push('fourth'))).rejects.toBeInstanceOf(TooBusy)
  await run('b', async () => order.push('of another name'))
  first.end()
  await Promise.all([running, second, third])
  expect(order).toEqual(['of another name', 'first', 'second', 'third'])
  // Nothing is left behind, also where work fails.
  await expect(run('a', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  expect(await run('a', async () => 'again')).toBe('again')
})

it('lets nobody wait longer than is said', async () => {
  const { run } = atOnce({ most: 1, waiting: 1, waitMs: 20 })
  const first = work()
  const running = run('a', first.run)
  await expect(run('a', async () => 'late')).rejects.toMatchObject({ name: 'TooBusy', seconds: 1 })
  first.end()
  await running
  expect(await run('a', async () => 'free')).toBe('free')
})
