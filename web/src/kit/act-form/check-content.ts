import type { Problem } from '@tiaoli/contract/problems'
import type { ContentField } from '@tiaoli/contract/rulebook'
import { readLimits } from '@tiaoli/kernel/grant-limits'
import { type RowCondition, rowValuesOf } from '@tiaoli/kernel/row-filters'
import type { Text } from '@tiaoli/kernel/text'

export type Content = Record<string, unknown>
/** A condition of rows as it is written; the type of its field follows from the entry. */
export type StatedCondition = Omit<RowCondition, 'type'>
export type Basis = { rank: string; instrument: string; article: string }

/** What is wrong with an answer, before the server is asked. `part` names the part of a legal basis. */
export type Fault =
  | { readonly key: string; readonly kind: 'missing' | 'unchosen' | 'unaffirmed' }
  | { readonly key: string; readonly kind: 'short' | 'long'; readonly length: number }
  | { readonly key: string; readonly kind: 'condition-incomplete'; readonly number: number }
  | { readonly key: string; readonly kind: 'not-whole' }
  | { readonly key: string; readonly kind: 'basis-incomplete'; readonly part: keyof Basis }

export const emptyBasis: Basis = { rank: '', instrument: '', article: '' }

/** Checks the answers against what the procedure's data demand of them; order follows the form. */
export const checkContent = (fields: readonly ContentField[], content: Content): Fault[] =>
  fields.flatMap((field) => faultOf(field, content[field.key]) ?? [])

function faultOf(field: ContentField, value: unknown): Fault | null {
  const { key } = field
  if (field.kind === 'basis') return basisFault(field, value as Basis | undefined)
  if (field.kind === 'fields') {
    return field.required && !(Array.isArray(value) && value.length > 0) ? { key, kind: 'unchosen' } : null
  }
  if (field.kind === 'masks') return null
  if (field.kind === 'rows') return rowsFault(key, (value ?? []) as readonly StatedCondition[])
  if (field.kind === 'limits')
    return value === undefined || readLimits(value) !== undefined || Object.keys(value as object).length === 0
      ? null
      : { key, kind: 'not-whole' }
  if (field.kind === 'undertaking')
    return field.required && value !== true ? { key, kind: 'unaffirmed' } : null
  const text = typeof value === 'string' ? value.trim() : ''
  if (text === '') {
    if (!field.required) return null
    return {
      key,
      kind: ['choice', 'date', 'organisation', 'entry'].includes(field.kind) ? 'unchosen' : 'missing',
    }
  }
  if (field.minLength !== null && text.length < field.minLength) {
    return { key, kind: 'short', length: field.minLength }
  }
  if (field.maxLength !== null && text.length > field.maxLength) {
    return { key, kind: 'long', length: field.maxLength }
  }
  return null
}

/** A condition that was begun has its field and all its values. */
function rowsFault(key: string, conditions: readonly StatedCondition[]): Fault | null {
  const at = conditions.findIndex(({ field, operator, values }) => {
    const stated = values.filter((value) => value.trim() !== '')
    return field === '' || stated.length < rowValuesOf(operator)[0]
  })
  return at < 0 ? null : { key, kind: 'condition-incomplete', number: at + 1 }
}

function basisFault({ key, required }: ContentField, basis: Basis = emptyBasis): Fault | null {
  const parts = ['rank', 'instrument', 'article'] as const
  const missing = parts.find((part) => basis[part].trim() === '')
  if (missing === undefined) return null
  const untouched = parts.every((part) => basis[part].trim() === '')
  return required || !untouched ? { key, kind: 'basis-incomplete', part: missing } : null
}

/** The answers without those left empty, as the server wants them. */
export function filled(fields: readonly ContentField[], content: Content): Content {
  const given = fields.flatMap(({ key, kind }): [string, unknown][] => {
    const value = content[key]
    if (value === undefined || value === '' || value === false) return []
    if (Array.isArray(value) && value.length === 0) return []
    if ((kind === 'masks' || kind === 'limits') && Object.keys(value as object).length === 0) return []
    if (kind === 'rows') return [[key, (value as readonly StatedCondition[]).map(plainCondition)]]
    if (kind === 'basis' && Object.values(value as Basis).every((part) => part.trim() === '')) return []
    return [[key, value]]
  })
  return Object.fromEntries(given)
}

const plainCondition = ({ field, operator, values }: StatedCondition): StatedCondition => ({
  field,
  operator,
  values: values.map((value) => value.trim()).filter((value) => value !== ''),
})

/** Errors of a problem document, each joined to the answer it is about where one is named. */
export const problemErrors = (problem: Problem, fields: readonly ContentField[]) =>
  (problem.errors ?? []).map((error): { key: string | null; path: string; message: Text } => ({
    path: error.path,
    key: fields.find(({ key }) => error.path.split(/[./]/).includes(key))?.key ?? null,
    message: error.message,
  }))
