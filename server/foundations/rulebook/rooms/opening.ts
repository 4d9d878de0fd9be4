import { z } from 'zod'
import { articleId, key, remedied, someKeys, term, text } from '../atoms.ts'

/** Rhythms of feedback, in months from one date to the next; `once` has one date only. */
export const feedbackRhythms = {
  once: 0,
  monthly: 1,
  quarterly: 3,
  'half-yearly': 6,
  yearly: 12,
} as const satisfies Record<string, number>
export type FeedbackRhythm = keyof typeof feedbackRhythms

/** The agreement under which conditionally opened data are used (开放利用协议). */
const agreementRules = z.strictObject({
  article: articleId,
  name: text,
  /** The procedure in which it is drawn up, and the acts by which its two sides sign. */
  procedure: key,
  offeredBy: key,
  acceptedBy: key,
  /** What it has to settle: keys of the content of the act `offeredBy`, each of them required there. */
  matters: z.strictObject({ article: articleId, keys: someKeys }),
  /** Which of the matters the model text in force words. */
  modelText: z.strictObject({ article: articleId, keys: someKeys }),
  /** The provider of the data has a copy. */
  copy: z.strictObject({ article: articleId }),
  /** Last day of use. */
  until: key,
  disposal: z.strictObject({ article: articleId, key }),
  /** `key` words what is reported; `first` is a date, `rhythm` one of those that the platform counts by. */
  feedback: z.strictObject({ article: articleId, key, first: key, rhythm: key }),
  /** The text that names the measures, one a line. */
  measures: z.strictObject({ article: articleId, key }),
  /** What binds the user whatever the parties write. */
  standing: z.array(z.strictObject({ article: articleId, clause: text }).readonly()).readonly(),
  /** Grounds on which the authority may end the access before its time. */
  endings: z
    .array(z.strictObject({ key, term: text, article: articleId }).readonly())
    .min(1)
    .readonly(),
})
export type AgreementRules = z.output<typeof agreementRules>

/** Results made with public data, each with its sources (成果). */
const resultRules = z.strictObject({
  article: articleId,
  /** A result names where its data come from; absent where the text asks for nothing of the kind. */
  naming: z.strictObject({ article: articleId }).optional(),
  kinds: z.array(term).min(1).readonly(),
})
export type ResultRules = z.output<typeof resultRules>

/** Anybody can say which data they miss; it reaches whoever holds them. */
const demandRules = z.strictObject({ article: articleId })

/**
 * A list of what is opened, published in editions. `organisation`: each body its own. `level`: the authority, of every
 * body of its level. A yearly one plans: its lines carry dates and are followed to their outcome.
 */
const listRules = z
  .strictObject({
    key,
    name: text,
    article: articleId,
    scope: z.enum(['organisation', 'level']),
    yearly: z.boolean().default(false),
    /** Bodies that hold one of these roles publish it. */
    by: someKeys,
    /** Every change has a reason, and who uses the data is told. */
    changes: z.strictObject({ article: articleId }).optional(),
    /** Only entries with a security grade and an assessment are listed. */
    graded: z.strictObject({ article: articleId }).optional(),
  })
  .readonly()
export type ListRules = z.output<typeof listRules>

/** What follows a breach of the agreement: an order to correct, and a fine. */
const correctionRules = z.strictObject({
  article: articleId,
  /** The procedure, the act that opens it, and the content in which the act names its last day. */
  procedure: key,
  opens: key,
  correctBy: key,
  /** The choice of the ground, and which of its choices rests on feedback that was missed. */
  ground: z.strictObject({ key, missedFeedback: key }),
  /** In yuan; `grave` is the flag that lets it follow before the day has come. */
  fine: z.strictObject({
    article: articleId,
    key,
    least: z.number().int().min(1),
    most: z.number().int().min(1),
    grave: key,
  }),
})
export type CorrectionRules = z.output<typeof correctionRules>

/** What a regulation orders about opened data beyond the request itself. A part that the text does not have is absent. */
export const openingRules = z.strictObject({
  agreement: agreementRules.optional(),
  correction: correctionRules.optional(),
  results: resultRules.optional(),
  demands: demandRules.optional(),
  lists: z.array(listRules).readonly().default([]),
  /** What is typed free and has no data yet is not opened. */
  fulfilment: z.strictObject({ article: articleId }).optional(),
  /** Conditionally opened entries are assessed anew from time to time; the text gives no interval. */
  reassessment: z.strictObject({ article: articleId }).optional(),
  /** What is not open is opened on one of these grounds only, with its evidence. */
  reopening: z.strictObject({ ...remedied, triggers: z.array(term).min(1).readonly() }).optional(),
  /** Articles that make sharing and opening the rule: what is typed stricter is counted with its basis. */
  principle: z
    .strictObject({
      sharing: z.strictObject({ article: articleId }).optional(),
      opening: z.strictObject({ article: articleId }).optional(),
    })
    .default({}),
})
export type OpeningRules = z.output<typeof openingRules>
