import type { exportFormats } from '@tiaoli/contract/exports'

const mediaTypes: Readonly<Record<(typeof exportFormats)[number], string>> = {
  csv: 'text/csv',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  geojson: 'application/geo+json',
  parquet: 'application/vnd.apache.parquet',
}

export const mediaTypeOf = (format: (typeof exportFormats)[number]): string => mediaTypes[format]
