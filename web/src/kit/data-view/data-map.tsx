import type { Entry } from '@tiaoli/contract/catalogue'
import { listRows } from '@tiaoli/contract/gateway'
import { lazy, Suspense, useMemo } from 'react'
import { useText } from '../../text/use-text.ts'
import { useRoute } from '../api.ts'
import { formatNumber } from '../formats.ts'
import { Await, Empty, Loading } from '../states.tsx'
import type { DataState } from './data-state.ts'
import { DistrictMap } from './district-map.tsx'
import type { Place } from './map-canvas.tsx'
import { type MapFields, mapFields } from './map-fields.ts'
import type { Use } from './use.types.ts'

const MapCanvas = lazy(() => import('./map-canvas.tsx'))
const mostPoints = 1000

type Props = { entry: Entry; fields: Entry['fields']; use: Use; state: DataState }

/** The rows in space: as points where they have coordinates, else counted by district. */
export function DataMap(props: Props) {
  const { t } = useText()
  const found = mapFields(props.fields)
  if (!found) return <Empty title={t.data.nothingToMap}>{t.data.nothingToMapWhy}</Empty>
  if (found.kind === 'districts') return <DistrictMap {...props} district={found} />
  return <Points {...props} found={found} />
}

function Points({ entry, use, state, found }: Props & { found: Extract<MapFields, { kind: 'points' }> }) {
  const { t, language } = useText()
  const wanted = [found.longitude, found.latitude, found.title].filter((name) => name !== null)
  const reading = useRoute(listRows, {
    params: { entryId: entry.id },
    query: { ...use, where: [...state.where], fields: wanted.join(','), limit: mostPoints },
  })
  const rows = reading.data?.rows
  const places = useMemo(
    () =>
      (rows ?? []).flatMap((row): Place[] => {
        const longitude = Number(row[found.longitude] ?? Number.NaN)
        const latitude = Number(row[found.latitude] ?? Number.NaN)
        const title = found.title ? String(row[found.title] ?? '') : ''
        return Number.isFinite(longitude) && Number.isFinite(latitude) ? [{ longitude, latitude, title }] : []
      }),
    [rows, found.longitude, found.latitude, found.title],
  )
  const count = formatNumber(places.length, language)
  return (
    <Await reading={reading} lines={8}>
      {(answer) =>
        places.length === 0 ? (
          <Empty title={t.data.noPlaces} />
        ) : (
          <div className="stack">
            <p className="quiet small">
              {answer.nextCursor ? t.data.firstPlaces(count) : t.data.allPlaces(count)}{' '}
              {t.data.mapWithoutTiles}
            </p>
            <Suspense fallback={<Loading lines={10} />}>
              <MapCanvas places={places} label={t.data.mapLabel(entry.title, count)} />
            </Suspense>
          </div>
        )
      }
    </Await>
  )
}
