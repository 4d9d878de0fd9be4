import { z } from 'zod'
import {
  articleId,
  civilDate,
  explained,
  key,
  keys,
  remedied,
  someKeys,
  term,
  text,
  workingDays,
} from './atoms.ts'
import type { Obligation } from './obligation.types.ts'
import type { RoomRules } from './rooms.schema.ts'
import type {
  AccessType,
  Act,
  Article,
  CatalogueRules,
  ClockRule,
  ContentField,
  Procedure,
  UseRules,
} from './rulebook.types.ts'

/*
 * The form of the files of a rulebook. An unknown key is a fault: a misspelt `aticle` would otherwise leave a
 * rule without its article in silence. What the keys mean stands with the types.
 */

const articleRef = z.strictObject({ article: articleId })

const accessType = z
  .strictObject({
    key,
    term: text,
    summary: text,
    article: articleId,
    instrument: text.optional(),
    effect: z.enum(['free', 'by-request', 'closed']),
    procedure: key.optional(),
    forAll: z.strictObject(remedied).optional(),
    demands: z.strictObject({
      conditions: articleRef.optional(),
      basis: z.strictObject({ article: articleId, ranks: someKeys }).optional(),
      reasons: articleRef.optional(),
      filing: z.strictObject({ article: articleId, with: key }).optional(),
    }),
  })
  .readonly() satisfies z.ZodType<AccessType>

const catalogueRules = z.strictObject({
  name: text,
  parts: z
    .array(z.strictObject({ key, term: text, article: articleId, holders: someKeys.optional() }).readonly())
    .readonly(),
  sharingTypes: z.array(accessType).min(1).readonly(),
  openingTypes: z.array(accessType).min(1).readonly(),
  defaultSharingType: z.strictObject({ key, article: articleId }).optional(),
  untyped: z
    .strictObject({
      sharing: z.strictObject({ term: text, article: articleId }).optional(),
      opening: z.strictObject({ term: text, article: articleId }).optional(),
    })
    .optional(),
  managed: z.strictObject(remedied).optional(),
  sectors: z
    .strictObject({ article: articleId, watches: z.strictObject({ part: key }).optional() })
    .optional(),
  onlyTypes: z.strictObject({ sharing: articleRef.optional(), opening: articleRef.optional() }).optional(),
  openingLimits: z
    .strictObject({
      ...remedied,
      instrument: text,
      types: z
        .array(z.strictObject({ type: key, grades: someKeys, classes: someKeys }).readonly())
        .readonly(),
    })
    .optional(),
  basisRanks: z.array(term).min(1).readonly(),
  requiredContent: z
    .array(z.strictObject({ key: z.string().regex(/^[a-z][A-Za-z]*$/), term: text, article: articleId }))
    .readonly(),
}) satisfies z.ZodType<CatalogueRules>

const useRules = z.strictObject({
  scope: z.strictObject(remedied),
  purpose: z.strictObject(remedied),
  noOnwardSupply: z.strictObject(explained),
  opened: articleRef.optional(),
  registeredSystems: z.strictObject(remedied).optional(),
  declaredDuty: z.strictObject(remedied).optional(),
  smallestGroup: z.strictObject({ article: articleId, rows: z.number().int().min(2).max(1000) }).optional(),
  citation: z.strictObject(explained).optional(),
}) satisfies z.ZodType<UseRules>

/** `rulebook.yaml` */
export const headFile = z.strictObject({
  id: key,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'a version of three numbers, such as 1.0.0'),
  city: text,
  regulation: text,
  inForceOn: civilDate,
  prefix: z.string().regex(/^[A-Z]{2,8}$/, 'two to eight capital letters'),
  chip: text,
  roles: z
    .array(
      z.strictObject({
        key,
        term: text,
        byLevel: z.strictObject({ city: key, district: key }).optional(),
        sole: articleRef.optional(),
        onePerArea: z.strictObject({ level: z.enum(['city', 'district']), article: articleId }).optional(),
      }),
    )
    .min(1),
  catalogue: catalogueRules,
  use: useRules,
})

/** `articles.yaml` */
export const articlesFile = z
  .array(
    z.strictObject({
      number: z.number().int().min(1),
      title: text,
      summary: text,
    }) satisfies z.ZodType<Omit<Article, 'id'>>,
  )
  .min(1)

const power = z.enum(['requester', 'steward', 'officer'])
const part = { title: text, power: z.union([power, z.array(power).min(1).readonly()]).optional() }
const binding = z.discriminatedUnion('from', [
  z.strictObject({
    from: z.literal('opener'),
    ...part,
    holding: z.strictObject({ roles: someKeys, ...remedied }).optional(),
  }),
  z.strictObject({ from: z.literal('provider'), ...part }),
  z.strictObject({ from: z.literal('role'), ...part, role: key }),
  z.strictObject({ from: z.literal('named'), ...part, content: key }),
  z.strictObject({ from: z.literal('given'), ...part }),
])

const contentField = z.strictObject({
  key,
  kind: z.enum([
    'text',
    'basis',
    'fields',
    'masks',
    'rows',
    'limits',
    'date',
    'choice',
    'organisation',
    'entry',
    'undertaking',
  ]),
  title: text,
  help: text.optional(),
  required: z.boolean(),
  article: articleId.optional(),
  minLength: z.number().int().min(1).optional(),
  maxLength: z.number().int().min(1).optional(),
  choices: z.array(term).min(1).readonly().optional(),
  ranks: someKeys.optional(),
}) satisfies z.ZodType<ContentField>

const act = z.strictObject({
  key,
  title: text,
  summary: text,
  article: articleId.optional(),
  by: someKeys,
  apartFrom: z.union([key.transform((role) => [role]), someKeys]).optional(),
  from: keys.default([]),
  to: key.optional(),
  takesUp: key.optional(),
  tone: z.enum(['primary', 'danger']).optional(),
  content: z.array(contentField).readonly().default([]),
  needs: z
    .array(
      z.strictObject({
        flag: key,
        is: z.boolean(),
        article: articleId.optional(),
        condition: text,
        remedy: text,
      }),
    )
    .readonly()
    .optional(),
  sets: z.record(key, z.boolean()).optional(),
  starts: keys.optional(),
  stops: keys.optional(),
  pauses: someKeys.optional(),
  resumes: someKeys.optional(),
  extends: z.strictObject({ clock: key, workingDays, article: articleId }).optional(),
  before: z
    .strictObject({ clock: key, article: articleId.optional(), condition: text, remedy: text })
    .optional(),
  once: z.boolean().optional(),
  together: z.boolean().optional(),
  warns: z
    .array(z.strictObject({ whileRunning: key, article: articleId.optional(), warning: text }))
    .readonly()
    .optional(),
  effect: key.optional(),
}) satisfies z.ZodType<Act>

const clockRule = z.strictObject({
  key,
  title: text,
  kind: z.enum(['statutory', 'local', 'waiting']),
  workingDays: workingDays.nullable(),
  article: articleId.optional(),
  instrument: text.optional(),
  lapses: z.strictObject({ to: key, article: articleId }).optional(),
  owner: key,
  remindWorkingDaysBefore: workingDays.optional(),
}) satisfies z.ZodType<ClockRule>

/** `procedures/<key>.yaml` */
export const procedureFile = z.strictObject({
  key,
  title: text,
  summary: text,
  numberCode: z.string().regex(/^[A-Z]{2}$/, 'two capital letters'),
  articles: z.array(articleId).min(1).readonly(),
  about: z.enum(['entry', 'matter']).optional(),
  subject: key.optional(),
  decider: key,
  roles: z.record(key, binding),
  states: z
    .array(
      z.strictObject({
        key,
        title: text,
        summary: text,
        waitsFor: keys.default([]),
        outcome: z.enum(['granted', 'refused', 'withdrawn', 'closed']).optional(),
      }),
    )
    .min(1)
    .readonly(),
  acts: z.array(act).min(1).readonly(),
  clocks: z.array(clockRule).readonly(),
}) satisfies z.ZodType<Procedure>

/** The files of a rulebook, each of the right form, before they are held against each other. */
export type RulebookFiles = {
  readonly head: z.infer<typeof headFile>
  readonly articles: z.infer<typeof articlesFile>
  readonly obligations: readonly Obligation[]
  readonly procedures: readonly { readonly file: string; readonly procedure: Procedure }[]
  readonly rooms: RoomRules
}
