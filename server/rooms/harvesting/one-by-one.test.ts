import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Problem } from '../../foundations/problems/index.ts'
import { isAboutContent, leavingOut } from './one-by-one.ts'

const coded = (code: string) => Object.assign(new Error('the store refuses'), { code })

it('does the work once for each that is in order, in their order, and leaves out the others, each with its own error', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 40 }), async (good) => {
      const items = good.map((isGood, at) => ({ isGood, at }))
      const done: number[] = []
      const left: number[] = []
      await leavingOut(
        items,
        async (some) => {
          const wrong = some.find(({ isGood }) => !isGood)
          if (wrong !== undefined) throw Object.assign(new Problem('content-incomplete'), { at: wrong.at })
          done.push(...some.map(({ at }) => at))
        },
        async ({ at }, error) => {
          expect(error).toMatchObject({ at })
          left.push(at)
        },
      )
      expect(done).toEqual(items.filter(({ isGood }) => isGood).map(({ at }) => at))
      expect(left).toEqual(items.filter(({ isGood }) => !isGood).map(({ at }) => at))
    }),
  )
})

it('leaves nobody out for a fault of the house', async () => {
  const left: number[] = []
  const work = async () => {
    throw coded('53100')
  }
  await expect(leavingOut([1, 2, 3], work, async (item) => void left.push(item))).rejects.toThrow(
    'the store refuses',
  )
  expect(left).toEqual([])
})

it.each([
  [new Problem('content-incomplete'), true],
  [coded('22P02'), true],
  [coded('54000'), true],
  [new Error('while it was written', { cause: coded('22021') }), true],
  [coded('23505'), false],
  [coded('40001'), false],
  [coded('57P01'), false],
  [coded('ECONNRESET'), false],
  [new Error('anything else'), false],
  ['no error at all', false],
] as const)('tells what is about the content from what is about the house: %s', (error, expected) => {
  expect(isAboutContent(error)).toBe(expected)
})
