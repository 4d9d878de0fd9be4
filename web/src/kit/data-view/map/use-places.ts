import { useQuery } from '@tanstack/react-query'
import { downloadRows, listRows } from '@tiaoli/contract/gateway'
import { useMemo } from 'react'
import { call, useRoute } from '../../api.ts'
import type { Use } from '../use.types.ts'
import { mostRows } from './map-fields.ts'
import { type Place, placeOf } from './places.ts'
import { readLines } from './read-lines.ts'

type PointFields = {
  readonly longitude: string
  readonly latitude: string
  readonly title: string | null
  readonly keys: readonly string[]
}
type Asked = {
  readonly entryId: string
  readonly use: Use
  readonly where: readonly string[]
  readonly found: PointFields
}

const wantedOf = ({ longitude, latitude, title, keys }: PointFields): string =>
  [...new Set([longitude, latitude, title, ...keys])].filter((name) => name !== null).join(',')

/** Places of rows that come on one page. */
export function usePagePlaces({ entryId, use, where, found }: Asked) {
  const reading = useRoute(listRows, {
    params: { entryId },
    query: { ...use, where: [...where], fields: wantedOf(found), limit: mostRows.page },
  })
  const fields = JSON.stringify(found)
  const rows = reading.data?.rows
  const data = useMemo(
    () => rows?.flatMap((row) => placeOf(row, JSON.parse(fields) as PointFields) ?? []),
    [rows, fields],
  )
  return { data, error: reading.error, refetch: reading.refetch }
}

/** Places of up to a hundred thousand rows, read as one file of a few fields, line by line as it comes. */
export function useFilePlaces(asked: Asked) {
  return useQuery({
    queryKey: ['places', asked],
    staleTime: Number.POSITIVE_INFINITY,
    // So many places are not kept for the case that somebody comes back.
    gcTime: 60_000,
    refetchOnWindowFocus: false,
    queryFn: async ({ signal }) => {
      const { entryId, use, where, found } = asked
      const answer = await call(downloadRows, {
        params: { entryId },
        query: { ...use, where: [...where], fields: wantedOf(found), format: 'ndjson' },
        signal,
      })
      const places: Place[] = []
      await readLines(answer.body, (line) => {
        const place = placeOf(JSON.parse(line) as Parameters<typeof placeOf>[0], found)
        if (place !== null) places.push(place)
      })
      return places
    },
  })
}
