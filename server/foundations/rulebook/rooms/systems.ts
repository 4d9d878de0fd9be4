import { z } from 'zod'
import { articleId, key, text } from '../atoms.ts'

/** The two systems over one platform: one for public bodies to share, one for everyone to take open data. */
export const systemsRules = z.strictObject({
  article: articleId,
  /** The role that builds, runs and maintains them. */
  by: key,
  sharing: z.strictObject({ article: articleId, term: text, condition: text, remedy: text }).readonly(),
  opening: z.strictObject({ article: articleId, term: text }).readonly(),
})
