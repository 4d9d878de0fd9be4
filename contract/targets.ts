import { text } from '@tiaoli/kernel/text'
import { z } from 'zod'
import { instantSchema, organisationSummary, textSchema } from './common.ts'
import { route } from './route.ts'

const clockParams = z.object({ procedure: z.string().max(60), clock: z.string().max(60) })

/** A clock to which the regulation gives no number, with the target that the city has set itself, where it has. */
export const clockTargetSchema = z.object({
  procedure: z.object({ key: z.string(), title: textSchema }),
  clock: z.object({ key: z.string(), title: textSchema, article: z.string().nullable() }),
  workingDays: z.number().int().nullable().describe('Null: no target is set; only the time gone by is shown'),
  instrument: textSchema.nullable().describe('What the target rests on; it is not statutory (非法定)'),
  setBy: organisationSummary.nullable(),
  setAt: instantSchema.nullable(),
})
export type ClockTarget = z.infer<typeof clockTargetSchema>

export const listClockTargets = route({
  id: 'listClockTargets',
  method: 'GET',
  path: '/api/v1/clock-targets',
  access: 'caller',
  summary: text(
    '条例未定期限的环节及本地目标（非法定）',
    'Clocks without a statutory number, and local targets',
  ),
  answer: z.object({ items: z.array(clockTargetSchema), canSet: z.boolean() }),
  problems: [],
  since: '0.2',
})
export const setClockTarget = route({
  id: 'setClockTarget',
  method: 'POST',
  path: '/api/v1/clock-targets/{procedure}/{clock}',
  access: 'session',
  summary: text(
    '设定或者取消本地目标；须写明所依据的文件，对此后的办件生效',
    'Set or lift a local target, with its instrument; it holds for cases that begin afterwards',
  ),
  params: clockParams,
  body: z.object({
    workingDays: z.number().int().min(1).max(250).nullable(),
    instrument: z.object({
      zh: z.string().trim().min(1).max(200),
      en: z.string().trim().min(1).max(200),
    }),
  }),
  answer: clockTargetSchema,
  problems: ['not-signed-in', 'not-allowed', 'not-found', 'refused-by-law'],
  since: '0.2',
})

export const targetRoutes = [listClockTargets, setClockTarget]
