import { expect, test } from 'vitest'
import { circles } from './circles.ts'

const imports = (...lines: string[]) =>
  lines.map((line) => {
    const [from, to] = line.split(' ') as [string, string]
    return { from, to }
  })

test('a loop is told once, from wherever it is entered', () => {
  expect(circles(imports('z b', 'b c', 'c a', 'a b', 'c d'))).toEqual(['a → b → c → a'])
})

test('two ways to one file are no loop', () => {
  expect(circles(imports('a b', 'a c', 'b d', 'c d'))).toEqual([])
})
