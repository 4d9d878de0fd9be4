import { z } from 'zod'
import { actors, capabilities, modalities, type Obligation, obligationKinds } from './obligation.types.ts'

/* The form of `obligations.yaml`. What the keys mean stands with the types. */

const sentence = z.string().trim().min(1)
const text = z.strictObject({ zh: sentence, en: sentence })
const actor = z.enum(actors)

const deadline = z.strictObject({
  workingDays: z.number().int().min(1).max(1000).nullable(),
  zh: sentence.optional(),
  en: sentence.optional(),
  from: sentence.optional(),
  by: z.array(sentence).min(1).optional(),
})

const cadence = z.strictObject({
  zh: sentence.optional(),
  en: sentence.optional(),
  by: z.array(sentence).min(1).optional(),
  setBy: sentence.optional(),
})

const obligation = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Z]{2,8}-\d{1,3}\.\d{1,2}(\(\d{1,2}\))?(-[a-z])?$/, 'an obligation id such as CQ-26.2-a'),
  title: text,
  actor,
  coActors: z.array(actor).min(1).default([]),
  bearers: z.array(text.extend({ role: sentence.optional() })).default([]),
  bearerNamed: z.boolean().default(true),
  capability: z.enum(capabilities),
  kind: z.enum(obligationKinds),
  modality: z.enum(modalities).default('order'),
  wording: sentence.optional(),
  core: z.number().int().min(1).max(5),
  obligation: text,
  deadline: deadline.optional(),
  cadence: cadence.optional(),
  evidence: sentence.optional(),
  reading: sentence.optional(),
  params: z.record(z.string(), z.unknown()).default({}),
  platform: sentence,
  accept: sentence,
}) satisfies z.ZodType<Obligation>

/** `obligations.yaml` */
export const obligationsFile = z.array(obligation).min(1)
