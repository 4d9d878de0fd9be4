import { z } from 'zod'
import { articleId, key, text } from '../atoms.ts'

/** Demands for shared data and what they are matched with, as a list. */
export const matchingRules = z.strictObject({
  article: articleId,
  /** What the list is called: 供需目录清单. */
  term: text,
  /** The procedure of which each case is one demand. */
  procedure: key,
  /** The content of its acts that names the entry. */
  entry: key,
})
