import { z } from 'zod'
import { key, remedied, text } from '../atoms.ts'

/**
 * A commitment (承诺) that whoever receives data signs before they are delivered, under a grant or as freely shared
 * data. Its wording is laid down by the role `by`, in versions.
 */
export const commitmentRules = z.strictObject({
  ...remedied,
  by: key,
  term: text,
  /** What is said to a holder whose access was stopped for a breach. */
  breach: z.strictObject({ condition: text, remedy: text }).readonly(),
})
