import { lazy, Suspense, useMemo, useState } from 'react'
import { usePortalText } from '../../../text/use-text.ts'
import { formatNumber } from '../../formats.ts'
import { Await, Empty, Loading } from '../../states.tsx'
import { PickedRow } from '../rows/picked-row.tsx'
import { shifted, systemOf } from './coordinates.ts'
import { MapNote } from './map-note.tsx'
import type { MapProps, PointFields } from './map-props.ts'
import { clusteredFrom } from './map-style.ts'
import type { Place } from './places.ts'
import type { Tiles } from './tiles.ts'
import { useFilePlaces, usePagePlaces } from './use-places.ts'

const MapCanvas = lazy(() => import('./map-canvas.tsx'))

type Props = MapProps & { tiles: Tiles | null; found: PointFields }
type Reading = { data: Place[] | undefined; error: Error | null; refetch: () => unknown }

const askedOf = ({ entry, use, state, found }: Props) => ({
  entryId: entry.id,
  use,
  where: state.where,
  found,
})

/** Places of a page of rows. */
export const PagePlaces = (props: Props) => <Places {...props} reading={usePagePlaces(askedOf(props))} />

/** Places of many rows, read as a file. */
export const FilePlaces = (props: Props) => <Places {...props} reading={useFilePlaces(askedOf(props))} />

function Places({ entry, fields, use, found, tiles, picture, reading }: Props & { reading: Reading }) {
  const { t, language } = usePortalText()
  const [picked, setPicked] = useState<string | null>(null)
  const system = systemOf(fields.find(({ name }) => name === found.longitude))
  const read = reading.data
  const places = useMemo(
    () =>
      read === undefined || tiles === null || system === null
        ? read
        : read.map((place) => ({ ...place, ...shifted(place, system, tiles.system) })),
    [read, system, tiles],
  )
  return (
    <Await reading={{ ...reading, data: places }} lines={8}>
      {(drawn) => {
        const count = formatNumber(drawn.length, language)
        if (drawn.length === 0) return <Empty title={t.data.noPlaces} />
        return (
          <div className="stack">
            <MapNote system={system} tiles={tiles}>
              {t.data.allPlaces(count)} {drawn.length > clusteredFrom && t.looking.clustered}
            </MapNote>
            <Suspense fallback={<Loading lines={10} />}>
              <MapCanvas
                places={drawn}
                label={t.data.mapLabel(entry.title, count)}
                tiles={tiles}
                picture={picture}
                onPick={setPicked}
              />
            </Suspense>
            {picked !== null && (
              <PickedRow entry={entry} use={use} rowKey={picked} onClose={() => setPicked(null)} />
            )}
          </div>
        )
      }}
    </Await>
  )
}
