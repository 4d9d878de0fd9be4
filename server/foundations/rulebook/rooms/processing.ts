import { z } from 'zod'
import { key, remedied } from '../atoms.ts'

/** Technical work on data that are on the platform, where the text gives it to one body. */
export const processingRules = z.strictObject({
  ...remedied,
  /** The role that does it, and nobody else. */
  by: key,
})
