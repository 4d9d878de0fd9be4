import type { EntryField } from '@tiaoli/contract/catalogue'
import { type TableField, tableFieldOf } from '../catalogue/index.ts'
import { isPublic } from './describe.rules.ts'
import type { DescribedEntry, DescribedSnapshot } from './described.model.ts'

/** The fields that everybody is given. */
export const tableFieldsOf = (fields: readonly EntryField[]): TableField[] =>
  fields.filter(isPublic).map(tableFieldOf)

/**
 * An open entry as a Frictionless data package (v1): one table, as CSV with its schema, and the same rows in the other
 * formats. Its files are made for whoever asks, so that neither their length nor a digest is known before: what is known
 * is the snapshot of which they are made, under a name of our own. A file that lies ready has both (exports). The catalogue
 * has no licences: what stands in their place are the terms on the entry's page, and how its source is named.
 */
export function dataPackageOf(entry: DescribedEntry, snapshot: DescribedSnapshot | undefined): object {
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
    ...(snapshot && { snapshot }),
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
