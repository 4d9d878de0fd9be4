import { z } from 'zod'
import { articleId, key, text } from '../atoms.ts'

/** The base databases (基础数据库) that the text names; the role `by` may add others where the list is open. */
export const basesRules = z.strictObject({
  article: articleId,
  by: key,
  open: z.boolean(),
  /** Others can have their own lists checked against a base. */
  checks: z.boolean().default(false),
  list: z
    .array(
      z
        .strictObject({
          key,
          term: text,
          /** Type of the field by which records of different entries are joined; null where the base has none. */
          identifier: z.enum(['identity-number', 'credit-code', 'division-code']).nullable(),
        })
        .readonly(),
    )
    .min(1)
    .readonly(),
})
