import { z } from 'zod'
import { articleId, term } from '../atoms.ts'

/** Delivered files that stand for paper: they come with a proof of source, version, time and integrity. */
export const proofRules = z.strictObject({
  /** Classes of data whose every delivery between public bodies carries a proof. */
  sharing: z.strictObject({ article: articleId, classes: z.array(term).min(1).readonly() }).readonly(),
  /** What anybody takes from the open platform carries one on request. */
  opening: z.strictObject({ article: articleId }).readonly(),
})
