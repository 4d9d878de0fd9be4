import type { EntryField } from '@tiaoli/contract/catalogue'
import { isPublic } from './describe.rules.ts'
import type { DescribedEntry } from './described.model.ts'

type TableField = {
  readonly name: string
  readonly type: string
  readonly format?: string
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

/** The fields that everybody is given, as Frictionless Table Schema (v1) names them. */
export const tableFieldsOf = (fields: readonly EntryField[]): TableField[] =>
  fields.filter(isPublic).map(({ name, type, meaning, unit, required }) => {
    const description = [meaning, unit].filter((part) => part !== '').join('，')
    return {
      name,
      type: types[type],
      ...(description === '' ? {} : { description }),
      ...(required ? { constraints: { required: true as const } } : {}),
    }
  })

/**
 * An open entry as a Frictionless data package (v1): one table, as CSV with its schema, and the same rows in the other
 * formats. No digests: files are made for whoever asks; who needs one takes a file with its proof. The catalogue has no
 * licences: what stands in their place are the terms on the entry's page, and how its source is named.
 */
export function dataPackageOf(entry: DescribedEntry): object {
  const fields = tableFieldsOf(entry.fields)
  const csv = entry.downloads.find(({ format }) => format === 'csv')!
  const keys = entry.keyFields.filter((name) => fields.some((field) => field.name === name))
  const whole = keys.length > 0 && keys.length === entry.keyFields.length
  return {
    profile: 'data-package',
    // Names of packages are of small Latin letters and digits: a title in Chinese cannot be one.
    name: entry.id,
    id: entry.uri,
    title: entry.title,
    description: entry.summary,
    homepage: entry.page,
    keywords: entry.keywords,
    created: entry.issuedAt.toISOString(),
    ...(entry.dataAt && { version: entry.dataAt.toISOString() }),
    licenses: [{ title: entry.citation.zh, path: entry.page }],
    contributors: [{ title: entry.provider.name.zh, role: 'publisher' }],
    sources: [{ title: entry.citation.zh, path: entry.page }],
    resources: [
      {
        profile: 'tabular-data-resource',
        name: 'rows',
        title: entry.title,
        path: csv.url,
        format: 'csv',
        mediatype: csv.mediaType,
        encoding: 'utf-8',
        schema: { fields, missingValues: [''], ...(whole ? { primaryKey: keys } : {}) },
      },
      ...entry.downloads
        .filter(({ format }) => format !== 'csv')
        .map(({ format, mediaType, url }) => ({
          profile: 'data-resource',
          name: `rows-${format}`,
          title: entry.title,
          path: url,
          format,
          mediatype: mediaType,
        })),
    ],
  }
}
