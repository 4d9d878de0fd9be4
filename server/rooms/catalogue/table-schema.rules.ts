import type { EntryField } from '@tiaoli/contract/catalogue'

/** A field as Frictionless Table Schema (v1) names it. */
export type TableField = {
  readonly name: string
  readonly type: string
  readonly description?: string
  readonly constraints?: { readonly required: true }
}

const types: Readonly<Record<EntryField['type'], string>> = {
  text: 'string',
  integer: 'integer',
  decimal: 'number',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  instant: 'datetime',
  'credit-code': 'string',
  'identity-number': 'string',
  'division-code': 'string',
  phone: 'string',
  longitude: 'number',
  latitude: 'number',
  geometry: 'geojson',
}

/** What a table that leaves the house says of one of its columns. */
export function tableFieldOf({
  name,
  type,
  meaning,
  unit,
  required,
}: Pick<EntryField, 'name' | 'type' | 'meaning' | 'unit' | 'required'>): TableField {
  const description = [meaning, unit].filter((part) => part !== '').join('，')
  return {
    name,
    type: types[type],
    ...(description === '' ? {} : { description }),
    ...(required ? { constraints: { required: true as const } } : {}),
  }
}
