import type { cleaningSteps } from '@tiaoli/contract/processing'
import type { Row } from '../../foundations/lake/lake.types.ts'

export type CleaningStep = (typeof cleaningSteps)[number]
export type Cleaning = { readonly steps: readonly CleaningStep[]; readonly emptyWords: readonly string[] }

/** A letter or digit of full width lies this far behind its plain one. */
const fullWidthBy = 0xfee0
/** Letters and digits only: brackets and other signs of full width belong to Chinese names as they are. */
const fullWidth = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g

const plain = (value: string): string =>
  value.replaceAll(fullWidth, (sign) => String.fromCharCode(sign.charCodeAt(0) - fullWidthBy))

const work: Record<CleaningStep, (value: string, cleaning: Cleaning) => string | null> = {
  'white-space': (value) => value.replaceAll(/\s+/g, ' ').trim(),
  width: plain,
  'empty-words': (value, { emptyWords }) => (emptyWords.includes(value.trim()) ? null : value),
}
const inOrder: readonly CleaningStep[] = ['white-space', 'width', 'empty-words']

/** Pure: one cell after the steps that were asked for. What is no text stays as it is. */
export function cleanCell(value: Row[string], cleaning: Cleaning): Row[string] {
  let cleaned: Row[string] = value
  for (const step of inOrder)
    if (typeof cleaned === 'string' && cleaning.steps.includes(step)) cleaned = work[step](cleaned, cleaning)
  return cleaned === '' ? null : cleaned
}

/** Cleans row by row, and counts the cells that came out otherwise. */
export function cleaner(cleaning: Cleaning) {
  let changed = 0
  return {
    row: (row: Row): Row => {
      const cleaned: Record<string, Row[string]> = {}
      for (const [field, value] of Object.entries(row)) {
        const after = cleanCell(value, cleaning)
        if (after !== value) changed += 1
        cleaned[field] = after
      }
      return cleaned
    },
    changed: () => changed,
  }
}
