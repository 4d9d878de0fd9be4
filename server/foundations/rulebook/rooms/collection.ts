import { z } from 'zod'
import { articleId, key, keys, remedied, someKeys, text } from '../atoms.ts'

/** What may be collected, by whom, and what must be shared instead. */
export const collectionRules = z.strictObject({
  /** A plan names the duty or service, and why each field is needed. */
  necessity: z
    .strictObject({
      ...remedied,
      /** `all`: every field has its reason; `personal`: those with personal data. */
      of: z.enum(['all', 'personal']),
    })
    .readonly()
    .optional(),
  /** The provision that sets the collection procedure is cited where there is one. */
  procedure: z.strictObject({ article: articleId, term: text }).readonly().optional(),
  /** What can be had by sharing is not collected again. */
  noRepeat: z
    .strictObject({
      ...remedied,
      /** A provision of these ranks lifts the ban; none where the text makes no such exception. */
      ranks: keys.default([]),
      /** The consent of those concerned lifts it too. */
      consent: z.boolean().default(false),
      /** A sharing request that was refused to the body lifts it. */
      refusedRequest: z.boolean().default(false),
    })
    .readonly()
    .optional(),
  /** Bodies below are not made to report again what can be had by sharing. */
  downward: z.strictObject(remedied).readonly().optional(),
  /** A plan is for an entry of the body's own published catalogue. */
  byCatalogue: z.strictObject(remedied).readonly().optional(),
  /** Data on a kind of subject carry the identifier of that kind. */
  identifiers: z
    .strictObject({
      ...remedied,
      subjects: z
        .array(z.strictObject({ key, term: text, identifier: text, types: someKeys }).readonly())
        .min(1)
        .readonly(),
    })
    .readonly()
    .optional(),
  /** Each data item has one collecting body; the role `by` decides between two. */
  responsibility: z
    .strictObject({ ...remedied, by: key })
    .readonly()
    .optional(),
})
