import { z } from 'zod'
import type { ReadEntry } from '../harvesting.model.ts'
import { MalformedError } from './malformed.ts'
import { cycleOf, keywordsOf, type Losses, line, plain, webAddress } from './words.rules.ts'

export const tiaoliPageSize = 100

const listSchema = z.object({
  items: z.array(z.object({ id: z.uuid() })).max(200),
  nextCursor: z.string().max(500).nullable(),
})
/** Only what is taken: another version of the platform may say more, or less. */
const entrySchema = z.object({
  id: z.uuid(),
  title: z.string(),
  summary: z.string(),
  theme: z.string().default('other'),
  keywords: z.array(z.string()).default([]),
  provider: z.object({ name: z.object({ zh: z.string(), en: z.string() }) }),
  fields: z
    .array(
      z.object({
        name: z.string(),
        type: z.string(),
        meaning: z.string().default(''),
        unit: z.string().default(''),
        sensitivity: z.string(),
        key: z.boolean().default(false),
      }),
    )
    .max(2_000),
  updateCycle: z.string().nullable().default(null),
  updatedAt: z.string(),
})

/** The address of a page of published entries, in an order that does not shift while it is read. */
export function tiaoliAddress(base: string, cursor: string | null): URL {
  const address = new URL(`${new URL(base).pathname.replace(/\/+$/, '')}/api/v1/entries`, base)
  address.search = new URLSearchParams({
    sort: 'title',
    limit: String(tiaoliPageSize),
    ...(cursor === null ? {} : { cursor }),
  }).toString()
  return address
}

export const tiaoliEntryAddress = (base: string, id: string): URL =>
  new URL(`${new URL(base).pathname.replace(/\/+$/, '')}/api/v1/entries/${id}`, base)

/** @throws MalformedError */
export function tiaoliList(text: string): {
  readonly ids: readonly string[]
  readonly cursor: string | null
} {
  const { items, nextCursor } = read(text, listSchema)
  return { ids: items.map(({ id }) => id), cursor: nextCursor }
}

/** @throws MalformedError */
export function tiaoliEntry(text: string, page: string): ReadEntry {
  const told = read(text, entrySchema)
  const losses: Losses = new Set()
  const entry = {
    id: told.id,
    title: line(told.title, 200, losses),
    summary: plain(told.summary, 4_000, losses),
    keywords: keywordsOf(told.keywords, losses),
    publisher: line(told.provider.name.zh, 200),
    theme: line(told.theme, 40),
    fields: told.fields.map((field) => ({
      name: line(field.name, 100, losses),
      type: field.type.slice(0, 40),
      meaning: line(field.meaning, 500, losses),
      unit: line(field.unit, 50),
      sensitivity: field.sensitivity.slice(0, 40),
      key: field.key,
    })),
    resources: [{ name: line(told.title, 200), url: webAddress(page), format: '' }],
    licence: '',
    cycle: cycleOf(told.updateCycle),
    modified: line(told.updatedAt, 40),
  }
  losses.add('resources')
  return { entry, lost: [...losses] }
}

function read<T>(text: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(text))
  } catch (cause) {
    throw new MalformedError('not what a platform of this kind answers', cause)
  }
}
