import { z } from 'zod'
import { articleId, remedied, term, text } from '../atoms.ts'

/** What must be so before data are opened, and what is opened first. */
export const publicationRules = z.strictObject({
  /** Opening costs nothing: no price can be attached to an entry. */
  free: z.strictObject(remedied).readonly().optional(),
  /** What is opened unconditionally comes in formats that machines read; where the text lists none, the city does. */
  formats: z
    .strictObject({
      ...remedied,
      instrument: text,
      accepted: z
        .array(z.string().regex(/^[A-Z][A-Za-z]*$/))
        .min(1)
        .readonly(),
    })
    .readonly()
    .optional(),
  /** Checks that an officer of the provider records before an entry that is to be opened is published. */
  checks: z
    .strictObject({ ...remedied, kinds: z.array(term).min(1).readonly() })
    .readonly()
    .optional(),
  /** Fields whose data are opened first. */
  priority: z
    .strictObject({ article: articleId, fields: z.array(term).min(1).readonly() })
    .readonly()
    .optional(),
})
