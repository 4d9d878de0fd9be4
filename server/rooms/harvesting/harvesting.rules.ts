import { createHash } from 'node:crypto'
import {
  entryDraftSchema,
  fieldName,
  fieldTypes,
  sensitivities,
  updateCycles,
} from '@tiaoli/contract/catalogue'
import type { DraftInput } from '../catalogue/index.ts'
import type { LostPart, RemoteEntry, RemoteField } from './harvesting.model.ts'

/** What of a remote entry is taken: a change of anything else is none. */
const takenParts = ['title', 'summary', 'keywords', 'theme', 'fields', 'licence', 'cycle'] as const
export type TakenPart = (typeof takenParts)[number]

/** Tells one state of a remote entry from another: SHA-256, in hex, of what is taken of it. */
export const digestOf = (entry: RemoteEntry): string =>
  createHash('sha256')
    .update(JSON.stringify(takenParts.map((part) => entry[part])))
    .digest('hex')

/** Parts in which two states of a remote entry differ. */
export const partsChanged = (before: RemoteEntry, after: RemoteEntry): TakenPart[] =>
  takenParts.filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]))

/** A part in words, for people who compare. */
export function wordsOf(entry: RemoteEntry, part: TakenPart): string {
  const value = entry[part]
  const words =
    typeof value === 'string'
      ? value
      : value.map((each) => (typeof each === 'string' ? each : [each.name, each.type].join(' '))).join('、')
  return words.length <= 500 ? words : `${words.slice(0, 499)}…`
}

/**
 * A remote entry as the draft of an entry. Types of sharing and opening, the security grade and whatever the city asks
 * for besides stay for the department to state: no other catalogue can know them.
 */
export function draftOf(entry: RemoteEntry, sourceName: string): { draft: DraftInput; lost: LostPart[] } {
  const lost = new Set<LostPart>()
  const draft = entryDraftSchema.parse({
    title: entry.title,
    summary: entry.summary,
    keywords: [...entry.keywords],
    theme: entry.theme || 'other',
    fields: fieldsOf(entry.fields, lost),
    updateCycle: updateCycles.find((cycle) => cycle === entry.cycle) ?? null,
    sourceSystem: sourceName,
    format: formatsOf(entry),
    useRequirements: entry.licence === '' ? '' : `来源标注的许可：${entry.licence}`,
  })
  if (draft.fields.length === 0) lost.add('fields')
  return { draft, lost: [...lost] }
}

/** Of a draft of an entry that is worked on: only what the source changed, so that the department's own words stay. */
export function changeOf(before: RemoteEntry, after: RemoteEntry, sourceName: string): Partial<DraftInput> {
  const { draft } = draftOf(after, sourceName)
  const keys: Readonly<Record<TakenPart, keyof DraftInput>> = {
    title: 'title',
    summary: 'summary',
    keywords: 'keywords',
    theme: 'theme',
    fields: 'fields',
    licence: 'useRequirements',
    cycle: 'updateCycle',
  }
  return Object.fromEntries(partsChanged(before, after).map((part) => [keys[part], draft[keys[part]]]))
}

const formatsOf = ({ resources }: RemoteEntry): string => {
  const formats = [...new Set(resources.map(({ format }) => format.toUpperCase()).filter(Boolean))].sort()
  let words = ''
  for (const format of formats)
    if (words.length + format.length < 100) words += words === '' ? format : `、${format}`
  return words
}

const types: readonly (readonly [DraftInput['fields'][number]['type'], RegExp])[] = [
  ['integer', /^(?:int(?:eger|[248])?|bigint|smallint|long)$/],
  ['decimal', /^(?:numeric|number|float[48]?|double(?: precision)?|real|decimal)$/],
  ['boolean', /^bool(?:ean)?$/],
  ['date', /^date$/],
  ['time', /^time$/],
  ['instant', /^(?:timestamp(?:tz)?|datetime)$/],
  ['text', /^(?:text|string|varchar|)$/],
]

/** Fields as the catalogue can keep them; names that no table can hold, and repeated ones, are left out. */
function fieldsOf(fields: readonly RemoteField[], lost: Set<LostPart>): DraftInput['fields'] {
  const names = new Set<string>()
  return fields.slice(0, 500).flatMap((field) => {
    const folded = field.name.toLowerCase()
    if (!fieldName.test(field.name) || names.has(folded)) {
      lost.add('fields')
      return []
    }
    names.add(folded)
    const type =
      fieldTypes.find((known) => known === field.type) ??
      types.find(([, form]) => form.test(field.type.toLowerCase()))?.[0]
    if (type === undefined) lost.add('field-type')
    return {
      name: field.name,
      type: type ?? 'text',
      meaning: field.meaning,
      unit: field.unit,
      // What the source does not class is not public until the department says so.
      sensitivity: sensitivities.find((known) => known === field.sensitivity) ?? 'internal',
      key: field.key,
      required: false,
    }
  })
}

/**
 * Whether a run stops before it does anything: a source that answers with nothing, or lacks much of what it had, is
 * more likely broken, moved or numbered anew than emptied. Up to two entries may always go.
 */
export function holdsBack(known: number, gone: number, read: number, mostPercent: number): boolean {
  if (known === 0) return false
  return read === 0 || (gone > 2 && gone * 100 > mostPercent * known)
}
