import { z } from 'zod'
import { articleId, key, someKeys, text } from '../atoms.ts'

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

/** What a regulation orders about opened data beyond the request itself. A part that the text does not have is absent. */
export const openingRules = z.strictObject({
  agreement: agreementRules.optional(),
})
