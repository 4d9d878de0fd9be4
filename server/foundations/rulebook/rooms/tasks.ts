import { z } from 'zod'
import { articleId, key, remedied, someKeys, text } from '../atoms.ts'

const ordered = z.strictObject({ article: articleId }).readonly()

/** Aggregation as catalogued (汇聚任务): what each entry promises is held against what was loaded. */
export const tasksRules = z.strictObject({
  article: articleId,
  /** A role that sees all tasks and is told of what is late, besides the authority. */
  centre: key.optional(),
  /** Where the text orders the same of other bodies under another article. */
  groups: z
    .array(z.strictObject({ holders: someKeys, article: articleId }).readonly())
    .readonly()
    .default([]),
  /** The cycle may rest on a requirement, which is recorded with its issuer. */
  requirement: ordered.optional(),
  /** Rows stay at their source (逻辑集中、物理分散) or come to the platform; which of the two where nothing was said. */
  modes: z
    .strictObject({ article: articleId, default: z.enum(['logical', 'physical']) })
    .readonly()
    .optional(),
  /** The number of rows at the source and the time of its last change are held against what was loaded. */
  fullness: ordered.optional(),
  /** The way of an entry from its registration to its use is kept. */
  stages: ordered.optional(),
  /** What each body supplied and what it took is counted. */
  flows: ordered.optional(),
  /** How much of what is catalogued is aggregated, shared in time and opened is shown of each body. */
  coverage: ordered.optional(),
  /** What a law keeps from being aggregated is confirmed by the effect `except-from-aggregation` of this procedure. */
  exceptions: z
    .strictObject({
      ...remedied,
      procedure: key,
      term: text,
      /** What is not aggregated is shared through an interface all the same. */
      byInterface: ordered.optional(),
    })
    .readonly()
    .optional(),
})
