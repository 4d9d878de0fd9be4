import { expect, it } from 'vitest'
import { readCheckpoint } from './read-checkpoint.ts'

it('reads origin, size and root of a checkpoint', () => {
  expect(readCheckpoint('data.example/ledger\n46\nuLPbS+=\n\n— data.example/ledger Uu1T\n')).toEqual({
    origin: 'data.example/ledger',
    size: 46,
    root: 'uLPbS+=',
  })
})

it('reads nothing from anything else', () => {
  expect(readCheckpoint('<html>\n<body>')).toBeNull()
})
