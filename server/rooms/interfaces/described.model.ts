import type { EntryField } from '@tiaoli/contract/catalogue'
import type { Text } from '@tiaoli/kernel/text'
import type { PlaceFields } from '../../foundations/lake/index.ts'
import type { EntryContent } from '../catalogue/index.ts'

/** A file that anybody can take without asking. */
export type Download = {
  readonly format: 'csv' | 'xlsx' | 'json' | 'ndjson' | 'geojson' | 'parquet'
  readonly mediaType: string
  readonly url: string
}

/** A published entry as it is told to other systems, whatever vocabulary they speak. */
export type DescribedEntry = {
  readonly id: string
  readonly number: string
  /** Names the entry for ever; also answers with its description. */
  readonly uri: string
  /** Its page for readers. */
  readonly page: string
  readonly title: string
  /** Never empty: the title where nothing else was written. */
  readonly summary: string
  readonly keywords: readonly string[]
  readonly theme: { readonly key: string; readonly title: Text }
  readonly provider: { readonly id: string; readonly name: Text }
  readonly fields: readonly EntryField[]
  /** `open`: anybody takes it; `by-request`: after a request; `closed`: not opened. */
  readonly openness: 'open' | 'by-request' | 'closed'
  readonly updateCycle: EntryContent['updateCycle']
  readonly issuedAt: Date
  /** The last change of the description or of the data. */
  readonly modifiedAt: Date
  /** Rows that everybody can have; null where there are none. */
  readonly rows: number | null
  readonly dataAt: Date | null
  /** Of the data that are live. */
  readonly snapshotId: string | null
  readonly downloads: readonly Download[]
  /** Address of the rows, page by page; null where they are not open. */
  readonly api: string | null
  /** Public fields that say where each row lies; null where there are none. */
  readonly place: PlaceFields | null
  readonly keyFields: readonly string[]
  /** How what is made with the data names its source. */
  readonly citation: Text
}

/** The version of the data that is live; `sha256`, in hex, is of the snapshot, not of a file made of it. */
export type DescribedSnapshot = {
  readonly id: string
  readonly number: number
  readonly rows: number
  readonly sha256: string
}

/** The city's catalogue as a whole. */
export type DescribedCatalogue = {
  readonly base: string
  readonly uri: string
  readonly city: Text
  readonly title: Text
  readonly description: Text
  readonly publisher: { readonly id: string; readonly name: Text }
}
