import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { aggregateRows } from '@tiaoli/contract/gateway'
import { lazy, Suspense, useMemo, useState } from 'react'
import { usePortalText } from '../../../text/use-text.ts'
import { call } from '../../api.ts'
import { formatNumber } from '../../formats.ts'
import { Await, Empty, Loading } from '../../states.tsx'
import { shifted, systemOf } from './coordinates.ts'
import { densityPlaces, densityQuery, widthOfGroup } from './density.ts'
import { MapNote } from './map-note.tsx'
import type { MapProps, PointFields } from './map-props.ts'
import type { Bounds } from './places.ts'
import type { Tiles } from './tiles.ts'

const MapCanvas = lazy(() => import('./map-canvas.tsx'))

/** Cells of one answer; what has more says so. */
const mostCells = 5000

type Props = MapProps & { tiles: Tiles | null; found: PointFields }

/** Rows of any number, counted in cells of what is in sight; each rest of the map counts anew. */
export function DensityMap({ entry, fields, use, state, tiles, found, picture }: Props) {
  const { t, language } = usePortalText()
  const [bounds, setBounds] = useState<Bounds | null>(null)
  const system = systemOf(fields.find(({ name }) => name === found.longitude))
  const { group, where } = densityQuery(found, frameIn(bounds, system, tiles))
  const input = {
    params: { entryId: entry.id },
    query: { ...use, where: [...state.where, ...where], group, measure: 'count', limit: mostCells },
  }
  const reading = useQuery({
    queryKey: [aggregateRows.id, input],
    queryFn: async ({ signal }) => ({ group, ...(await call(aggregateRows, { ...input, signal })) }),
    // The circles of before stay until those of the new frame are there.
    placeholderData: keepPreviousData,
  })
  const answer = reading.data
  const places = useMemo(() => {
    if (answer === undefined) return undefined
    const titleOf = (count: number) => t.looking.rowsHere(formatNumber(count, language))
    const counted = densityPlaces(answer.rows, found, widthOfGroup(answer.group), titleOf)
    if (tiles === null || system === null) return counted
    return counted.map((place) => ({ ...place, ...shifted(place, system, tiles.system) }))
  }, [answer, found, language, system, t, tiles])
  return (
    <Await reading={{ data: places, error: reading.error, refetch: reading.refetch }} lines={8}>
      {(drawn) =>
        drawn.length === 0 && bounds === null ? (
          <Empty title={t.data.noPlaces} />
        ) : (
          <div className="stack">
            <MapNote system={system} tiles={tiles}>
              {t.looking.density(formatNumber(drawn.length, language))}{' '}
              {answer!.rows.length >= mostCells && t.looking.densityCut}{' '}
              {answer!.withheld && t.looking.withheld}
            </MapNote>
            <Suspense fallback={<Loading lines={10} />}>
              <MapCanvas
                places={drawn}
                label={t.data.mapLabel(entry.title, formatNumber(drawn.length, language))}
                tiles={tiles}
                picture={picture}
                onRest={setBounds}
              />
            </Suspense>
          </div>
        )
      }
    </Await>
  )
}

/** The frame in sight, in the coordinates of the rows. */
export function frameIn(bounds: Bounds | null, system: ReturnType<typeof systemOf>, tiles: Tiles | null) {
  if (bounds === null || tiles === null || system === null) return bounds
  const [west, south, east, north] = bounds
  const corner = (longitude: number, latitude: number) =>
    shifted({ longitude, latitude }, tiles.system, system)
  const [from, to] = [corner(west, south), corner(east, north)]
  return [from.longitude, from.latitude, to.longitude, to.latitude] as const
}
