import { z } from 'zod'
import { articleId, text } from '../atoms.ts'

/** Whoever opens data explains them. */
export const explanationsRules = z.strictObject({ article: articleId, term: text })
