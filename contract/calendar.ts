import { isCivilDate } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { civilDateSchema, idSchema, instantSchema, textSchema } from './common.ts'
import { route } from './route.ts'

const dateSchema = civilDateSchema.refine((value) => isCivilDate(value))
const nameSchema = z.string().trim().min(1).max(40)
const dayInput = z.object({ on: dateSchema, name: z.object({ zh: nameSchema, en: nameSchema }) })

const daySchema = z.object({ on: civilDateSchema, name: textSchema })
export type CalendarDay = z.infer<typeof daySchema>

export const calendarYearSchema = z.object({
  year: z.number().int(),
  source: z
    .enum(['packaged', 'loaded', 'unknown'])
    .describe('unknown: not announced, dates that touch it are provisional and count weekends only'),
  holidays: z.array(daySchema),
  makeUpDays: z.array(daySchema).describe('Saturdays and Sundays on which work is done (调休上班)'),
  notice: z
    .object({
      title: z.string(),
      number: z.string(),
      publishedOn: civilDateSchema,
      fileName: z.string(),
      sha256: z.string(),
      loadedAt: instantSchema,
      recordId: z.string(),
    })
    .nullable()
    .describe('What a loaded year rests on'),
})
export type CalendarYear = z.infer<typeof calendarYearSchema>

export const listCalendarYears = route({
  id: 'listCalendarYears',
  method: 'GET',
  path: '/api/v1/calendar/years',
  access: 'public',
  summary: text('节假日安排：已知年度与来源', 'The official calendar: which years are known, and from where'),
  answer: z.object({ items: z.array(calendarYearSchema) }),
  problems: [],
  since: '0.2',
})
export const addCalendarNotice = route({
  id: 'addCalendarNotice',
  method: 'POST',
  path: '/api/v1/calendar/notices',
  access: 'session',
  summary: text('上传节假日安排通知的原件', 'Upload the notice that announces a year'),
  query: z.object({
    filename: z.string().min(1).max(255).optional().describe('Needed where the body is the file itself'),
  }),
  body: 'stream',
  answer: z.object({ id: z.string(), fileName: z.string(), sizeBytes: z.number().int(), sha256: z.string() }),
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'too-large', 'file-unreadable', 'bad-request'],
  since: '0.2',
})
export const loadCalendarYear = route({
  id: 'loadCalendarYear',
  method: 'POST',
  path: '/api/v1/calendar/years',
  access: 'session',
  summary: text(
    '载入某年度的节假日安排，暂定日期随之重新计算并通知当事各方',
    'Load the holidays of a year: provisional dates are counted anew and parties are told',
  ),
  body: z.object({
    year: z.number().int().min(2004).max(2100),
    holidays: z.array(dayInput).min(1).max(60),
    makeUpDays: z.array(dayInput).max(30),
    notice: z.object({
      id: idSchema.describe('Of the uploaded notice'),
      title: z.string().trim().min(4).max(200),
      number: z.string().trim().min(4).max(60).describe('国办发明电〔…〕…号'),
      publishedOn: dateSchema,
    }),
  }),
  answer: calendarYearSchema,
  status: 201,
  problems: ['not-signed-in', 'not-allowed', 'content-incomplete', 'act-not-available'],
  since: '0.2',
})
export const getCalendarNotice = route({
  id: 'getCalendarNotice',
  method: 'GET',
  path: '/api/v1/calendar/years/{year}/notice',
  access: 'public',
  summary: text('下载已载入年度所依据的通知', 'Download the notice that a loaded year rests on'),
  params: z.object({ year: z.coerce.number().int().min(2004).max(2100) }),
  answer: 'stream',
  problems: ['not-found'],
  since: '0.2',
})

export const calendarRoutes = [listCalendarYears, addCalendarNotice, loadCalendarYear, getCalendarNotice]
