import { z } from 'zod'
import { articleId, key, keys, remedied, someKeys, text } from '../atoms.ts'

/** Aggregation as catalogued: tasks, shortfall, exceptions, and what is counted of them. */
export const tasksRules = z.strictObject({
  article: articleId,
  /** The role that sees all shortfalls besides the authority, and is told of them. */
  centre: key.optional(),
  /** Where the text orders the same of others under another article, or has it shown by sector. */
  groups: z
    .array(
      z
        .strictObject({ holders: someKeys, article: articleId, bySector: z.boolean().default(false) })
        .readonly(),
    )
    .readonly()
    .default([]),
  /** Where data lie: at the source behind a connection, or with the platform. */
  modes: z
    .strictObject({
      article: articleId,
      default: z.enum(['logical', 'physical']),
      logical: text,
      physical: text,
    })
    .readonly()
    .optional(),
  /** The cycle rests on a requirement that is recorded with its issuer. */
  requirement: z.strictObject({ article: articleId }).readonly().optional(),
  /** The number of rows at the source and the time of its last change are compared. */
  fullness: z.strictObject({ article: articleId }).readonly().optional(),
  stages: z.strictObject({ article: articleId }).readonly().optional(),
  flows: z.strictObject({ article: articleId, holders: keys }).readonly().optional(),
  coverage: z.strictObject({ article: articleId }).readonly().optional(),
  exceptions: z
    .strictObject({
      ...remedied,
      by: key,
      ranks: someKeys,
      /** What is not aggregated is shared through an interface all the same. */
      byInterface: z.strictObject({ article: articleId, condition: text }).readonly().optional(),
    })
    .readonly()
    .optional(),
})
