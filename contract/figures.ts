import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { organisationSummary, textSchema } from './common.ts'
import { route } from './route.ts'

export const figureKeys = [
  'filed',
  'open',
  'answered',
  'inTime',
  'late',
  'untimed',
  'overdue',
  'granted',
  'refused',
  'withdrawn',
  'missedLocal',
] as const

export const figureSides = ['provider', 'decider', 'applicant'] as const

const day = z.iso.date()

/** Cases opened in a time, counted by the part that bodies have in them. */
export const figureQuery = z.object({
  from: day
    .optional()
    .describe('First day of opening; left out: the first day of the month eleven months ago'),
  until: day.optional().describe('Last day of opening; left out: today'),
  procedure: z.string().max(60).optional().describe('Left out: all requests for data'),
  by: z
    .enum(figureSides)
    .default('provider')
    .describe('Whose part counts: the body that provides, that decides, or that asks'),
  organisation: z.string().max(60).optional(),
})
export type FigureQuery = z.output<typeof figureQuery>

/** The cases behind one figure, as a filter of their list. */
export const countedQuery = figureQuery.extend({
  by: z.enum(figureSides).optional(),
  figure: z.enum(figureKeys).optional().describe('Only the cases that this figure counts'),
  basis: z.string().max(60).optional().describe('Only refusals on a basis of this rank'),
})

const count = z.number().int()

export const figuresSchema = z.object({
  filed: count,
  open: count,
  answered: count,
  inTime: count.describe('Answered, every statutory date kept'),
  late: count.describe('Answered, a statutory date having passed'),
  untimed: count.describe('Answered where no statutory period has a number'),
  overdue: count.describe('Not answered, the statutory date past'),
  granted: count,
  refused: count,
  withdrawn: count,
  missedLocal: count.describe('Local targets missed; no part of what is late or overdue'),
  medianWorkingDays: z.number().nullable().describe('From opening to the first answer'),
})
export type FiguresCounts = z.infer<typeof figuresSchema>

const useSchema = z.object({
  liveGrants: count.nullable(),
  calls: count.nullable().describe('Calls and files answered to others'),
  rows: count.nullable(),
})

export const figuresAnswer = z.object({
  from: z.string(),
  until: z.string(),
  by: z.enum(figureSides),
  procedure: z.string().nullable(),
  procedures: z.array(z.object({ key: z.string(), title: textSchema })),
  sides: z.array(z.enum(figureSides)).describe('Parts that the caller may see bodies counted by'),
  organisation: organisationSummary.nullable(),
  timed: z.boolean().describe('False where no procedure that is counted has a statutory period'),
  total: figuresSchema.extend(useSchema.shape).extend({ listed: z.boolean() }),
  months: z.array(figuresSchema.extend({ month: z.string() })),
  organisations: z.array(
    figuresSchema.extend(useSchema.shape).extend({
      organisation: organisationSummary,
      listed: z.boolean().describe('The caller may see the cases behind these numbers'),
    }),
  ),
  bases: z.array(
    z.object({
      rank: z.object({ key: z.string(), term: textSchema }).nullable(),
      refused: count,
      instruments: z.array(z.object({ name: z.string(), refused: count })).nullable(),
    }),
  ),
  useComplete: z.boolean(),
})
export type FiguresAnswer = z.infer<typeof figuresAnswer>

export const getFigures = route({
  id: 'getFigures',
  method: 'GET',
  path: '/api/v1/figures',
  access: 'caller',
  summary: text(
    '统计：申请、按期答复、逾期、不同意及其依据、用时、使用情况',
    'Figures: requests, answered in time, overdue, refused on which basis, days taken, use',
  ),
  query: figureQuery,
  answer: figuresAnswer,
  problems: ['not-found', 'not-allowed', 'not-signed-in'],
  since: '0.3',
})

export const exportFigures = route({
  id: 'exportFigures',
  method: 'GET',
  path: '/api/v1/figures/file',
  access: 'caller',
  summary: text('统计表下载', 'The figures of all bodies as a file'),
  query: figureQuery.extend({
    format: z.enum(['csv', 'xlsx']).default('csv'),
    language: z.enum(['zh', 'en']).default('zh'),
  }),
  answer: 'stream',
  problems: ['not-found', 'not-allowed', 'not-signed-in'],
  since: '0.3',
})

export const figureRoutes = [getFigures, exportFigures]
