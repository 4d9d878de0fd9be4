import { greatestLimit } from '@tiaoli/kernel/grant-limits'
import { plainMasks, stepMasks } from '@tiaoli/kernel/masks'
import { longestRowValue, mostRowConditions, mostRowValues, rowOperators } from '@tiaoli/kernel/row-filters'
import { z } from 'zod'

export const textSchema = z.object({ zh: z.string(), en: z.string() })
export const idSchema = z.uuid()
export const instantSchema = z.string().describe('RFC 3339 instant, UTC')
/** A moment that somebody states. In years outside these the store has no form for it. */
export const instantInput = (form: { readonly offset?: boolean } = {}) =>
  z.iso.datetime(form).refine((stated) => {
    const year = new Date(stated).getUTCFullYear()
    return year >= 1900 && year <= 9999
  }, 'A moment between the years 1900 and 9999')

export const civilDateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'YYYY-MM-DD')

/** A list is paged by an opaque cursor; the last page has none. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

export const pageQuery = z.object({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(20),
})

/** A count of changes, as its column in the database holds it. */
export const versionSchema = z.number().int().min(0).max(2_147_483_647)

export const articleSchema = z.string().max(40).describe('Article or obligation id, such as CQ-26')

export const organisationSummary = z.object({ id: z.string(), name: textSchema })

/** How a field is shown; `band` and `round` with their step: `band:5000`. */
export const maskSchema = z.union([
  z.enum(plainMasks),
  z.templateLiteral([z.enum(stepMasks), ':', z.number().positive()]),
])

/** Which rows a grant covers: those that meet all conditions; every row where there is none. */
export const rowFilterSchema = z
  .array(
    z.object({
      field: z.string(),
      type: z.string().describe('Of the field when it was decided'),
      operator: z.enum(rowOperators),
      values: z.array(z.string().max(longestRowValue)).max(mostRowValues),
    }),
  )
  .max(mostRowConditions)

const limit = z.number().int().min(1).max(greatestLimit).optional()

/** How much may be taken under a grant; a kind that is absent has no limit of its own. */
export const grantLimitsSchema = z.object({
  rowsPerRequest: limit,
  rowsPerDay: limit.describe('By civil days of China'),
  requestsPerMinute: limit,
})

export const watermarkSchema = z.enum(['file', 'forms', 'pseudonyms'])
