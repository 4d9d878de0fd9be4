import { z } from 'zod'
import { articleId, articleTerm, explained, key, keys, remedied, someKeys, term, text } from '../atoms.ts'

/** How the catalogue is compiled: its specification, editions, reviews, rounds and what entries answer to. */
export const compilationRules = z.strictObject({
  /** The uniform specification (编制规范), laid down and published by the role `by`. */
  specification: z
    .strictObject({
      article: articleId,
      term: text,
      by: key,
      /** Others lay it down together with it: their names stand on each version. */
      cosigned: z.boolean().default(false),
    })
    .readonly()
    .optional(),
  /** Dated editions of the catalogues that are formed of confirmed entries. */
  editions: z
    .strictObject({
      article: articleId,
      by: key,
      catalogues: z
        .array(
          z
            .strictObject({
              key,
              term: text,
              article: articleId,
              /** `published`: every published entry; `shared`, `opened`: those whose type is not closed; `part`: of one part. */
              takes: z.enum(['published', 'shared', 'opened', 'part']),
              part: key.optional(),
            })
            .readonly(),
        )
        .min(1)
        .readonly(),
      /** Bodies publish their own catalogue, at intervals that the text leaves open. */
      releases: z.strictObject({ article: articleId, term: text }).readonly().optional(),
    })
    .readonly()
    .optional(),
  /** Entries are looked at again from time to time; how often is for the city to say. */
  review: z.strictObject({ article: articleId, term: text }).readonly().optional(),
  rounds: z
    .array(
      z
        .strictObject({
          key,
          term: text,
          article: articleId,
          part: key,
          /** Roles whose holders are given tasks. */
          holders: someKeys,
          /** By sector, with its regulator and associations; a need stands as the reason of each entry. */
          bySector: z.boolean().default(false),
        })
        .readonly(),
    )
    .readonly()
    .default([]),
  /** Each dataset answers to a piece of business of its body. */
  business: z.strictObject(remedied).readonly().optional(),
  /** An entry belongs to exactly one responsible body. */
  responsible: z.strictObject(explained).readonly().optional(),
  /** Where the data come from; what was `obtained` from others opens a task until it is catalogued. */
  sources: z
    .strictObject({
      article: articleId,
      /** Roles whose holders state the source of each entry. */
      holders: someKeys,
      classes: z.array(term).min(1).readonly(),
      obtained: keys,
    })
    .readonly()
    .optional(),
  /** Properties that an entry has to state besides those of the catalogue's own list. */
  states: z.array(articleTerm).readonly().default([]),
})
