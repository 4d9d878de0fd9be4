import type { EntryField } from '@tiaoli/contract/catalogue'
import type { Mask } from '@tiaoli/kernel/masks'

const steps = [10, 100, 1000, 10_000, 100_000] as const
const numbers: readonly Mask[] = [
  ...steps.map((step): Mask => `band:${step}`),
  ...steps.map((step): Mask => `round:${step}`),
]
const words: readonly Mask[] = ['partial', 'pseudonym']

const choices: Partial<Record<EntryField['type'], readonly Mask[]>> = {
  text: words,
  'identity-number': words,
  phone: words,
  'credit-code': ['pseudonym'],
  'division-code': ['district', 'pseudonym'],
  date: ['year', 'month', 'pseudonym'],
  instant: ['year', 'month', 'pseudonym'],
  integer: numbers,
  decimal: numbers,
}

/** The masks that can be laid over values of a type; the server has the last word. */
export const masksFor = (type: EntryField['type']): readonly Mask[] => [...(choices[type] ?? []), 'aggregate']
