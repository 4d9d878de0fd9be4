import { isCivilDate } from '@tiaoli/kernel/instants'
import { z } from 'zod'

/* The smallest forms that files of a rulebook are made of. */

const sentence = z.string().trim().min(1)
export const text = z.strictObject({ zh: sentence, en: sentence }).readonly()
export const key = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a key in lower case: words joined by dashes')
export const articleId = z
  .string()
  .regex(/^[A-Z]{2,8}-\d+/, 'an article or obligation id such as CQ-26 or CQ-26.1-a')
export const civilDate = z.string().refine(isCivilDate, 'a civil date such as 2022-07-01')
export const workingDays = z.number().int().min(1).max(1000)
export const keys = z.array(key).readonly()
export const someKeys = z.array(key).min(1).readonly()
export const term = z.strictObject({ key, term: text }).readonly()
export const articleTerm = z.strictObject({ key, term: text, article: articleId }).readonly()
export const explained = { article: articleId, condition: text }
export const remedied = { ...explained, remedy: text }
