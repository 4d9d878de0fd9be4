import type { EntryField } from '@tiaoli/contract/catalogue'
import { type Text, text } from '@tiaoli/kernel/text'
import { themeTitle } from '@tiaoli/kernel/themes'
import type { Organisation } from '../../foundations/identity/index.ts'
import { placeFieldsOf } from '../../foundations/lake/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import { citationOf, type Entry, keyFieldsOf, typeOf } from '../catalogue/index.ts'
import type { DescribedCatalogue, DescribedEntry, Download } from './described.model.ts'

export const mediaTypes: Readonly<Record<Download['format'], string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  geojson: 'application/geo+json',
  parquet: 'application/vnd.apache.parquet',
}

/** Types of the rulebook under which anybody takes the data without asking. */
export const freeTypes = (rulebook: Rulebook): string[] =>
  rulebook.catalogue.openingTypes.filter(({ effect }) => effect === 'free').map(({ key }) => key)

/** Says of a published entry what everybody may know; what is being revised stays untold. */
export function describeEntry(
  entry: Entry,
  provider: Organisation | undefined,
  rulebook: Rulebook,
  base: string,
): DescribedEntry {
  const { content, live } = entry
  const name: Text = provider?.name ?? text(entry.providerId, entry.providerId)
  const effect = typeOf(rulebook, 'opening', content.opening.type)?.effect ?? 'closed'
  const openness = effect === 'free' ? 'open' : effect
  const toBeHad = openness === 'open' && content.fields.some(isPublic)
  const place = placeOf(content.fields)
  const formats = (Object.keys(mediaTypes) as Download['format'][]).filter(
    (format) => format !== 'geojson' || place !== null,
  )
  const rowsAddress = `${base}/api/v1/entries/${entry.id}`
  return {
    id: entry.id,
    number: entry.number,
    uri: `${base}/dataset/${entry.id}`,
    page: `${base}/entries/${entry.id}`,
    title: content.title,
    summary: content.summary === '' ? content.title : content.summary,
    keywords: [...new Set(content.keywords)],
    theme: { key: content.theme, title: themeTitle(content.theme) },
    provider: { id: entry.providerId, name },
    fields: content.fields,
    openness,
    updateCycle: content.updateCycle,
    issuedAt: entry.publishedAt ?? entry.createdAt,
    modifiedAt: live !== null && live.at > entry.updatedAt ? live.at : entry.updatedAt,
    rows: toBeHad ? (live?.rows ?? null) : null,
    dataAt: live?.at ?? null,
    snapshotId: live?.snapshotId ?? null,
    downloads:
      toBeHad && live !== null
        ? formats.map((format) => ({
            format,
            mediaType: mediaTypes[format],
            url: `${rowsAddress}/download?format=${format}`,
          }))
        : [],
    api: toBeHad && live !== null ? `${rowsAddress}/rows` : null,
    place: toBeHad && live !== null ? place : null,
    keyFields: keyFieldsOf(content),
    citation: citationOf(rulebook, name, entry),
  }
}

export const isPublic = ({ sensitivity }: EntryField): boolean => sensitivity === 'public'

/** The first public field of each kind: an entry with several places a row is drawn at the first. */
const placeOf = (fields: readonly EntryField[]): DescribedEntry['place'] =>
  placeFieldsOf(fields.filter(isPublic).map(({ name, type }) => ({ field: name, type }))) ?? null

/** The catalogue is published by the data authority of the city; by the city itself before that has been entered. */
export function describeCatalogue(
  rulebook: Rulebook,
  organisations: readonly Organisation[],
  base: string,
): DescribedCatalogue {
  const authority = organisations.find(({ kind, level }) => kind === 'authority' && level === 'city')
  const { city, catalogue, regulation } = rulebook
  return {
    base,
    uri: `${base}/catalog`,
    city,
    title: text(`${city.zh}${catalogue.name.zh}`, `${city.en}: ${catalogue.name.en}`),
    description: text(
      `${city.zh}依据《${regulation.zh}》编制并公布的公共数据目录条目及其数据。`,
      `Entries of the catalogue that ${city.en} compiles and publishes under the ${regulation.en}, with their data.`,
    ),
    publisher: authority ? { id: authority.id, name: authority.name } : { id: 'city', name: city },
  }
}
