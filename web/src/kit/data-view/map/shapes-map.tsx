import { listRows } from '@tiaoli/contract/gateway'
import { lazy, Suspense, useMemo, useState } from 'react'
import { usePortalText } from '../../../text/use-text.ts'
import { useRoute } from '../../api.ts'
import { formatNumber } from '../../formats.ts'
import { Await, Empty, Loading } from '../../states.tsx'
import { PickedRow } from '../rows/picked-row.tsx'
import { type CoordinateSystem, systemOf } from './coordinates.ts'
import { frameIn } from './density-map.tsx'
import { Legend } from './legend.tsx'
import { type MapFields, mostRows } from './map-fields.ts'
import { MapNote } from './map-note.tsx'
import type { MapProps } from './map-props.ts'
import type { Bounds } from './places.ts'
import { countKinds, type Shape, shiftedShape } from './shapes.ts'
import type { Tiles } from './tiles.ts'
import { type ShapesOf, useShapes } from './use-shapes.ts'

const MapCanvas = lazy(() => import('./map-canvas.tsx'))

type Props = MapProps & {
  tiles: Tiles | null
  found: Extract<MapFields, { kind: 'shapes' }>
  mayTakeFile: boolean
}

/** Rows with a geometry: all of them where they are few enough, else those in the frame. */
export function ShapesMap(props: Props) {
  const { entry, use, state, mayTakeFile } = props
  const reading = useRoute(listRows, {
    params: { entryId: entry.id },
    // How the map is drawn rests on it: an estimate would do for no such choice.
    query: { ...use, where: [...state.where], limit: 1, total: 'exact' },
  })
  return (
    <Await reading={reading} lines={8}>
      {({ total }) => {
        const rows = total ?? Number.POSITIVE_INFINITY
        if (rows <= mostRows.page) return <Shapes {...props} of="page" />
        return <Shapes {...props} of={mayTakeFile && rows <= mostRows.shapes ? 'file' : 'frame'} />
      }}
    </Await>
  )
}

function Shapes({ entry, fields, use, state, found, tiles, picture, of }: Props & { of: ShapesOf }) {
  const { t, language } = usePortalText()
  const [frame, setFrame] = useState<Bounds | null>(null)
  const [picked, setPicked] = useState<string | null>(null)
  const system = systemOf(fields.find(({ name }) => name === found.geometry))
  const asked = { entryId: entry.id, use, where: state.where, found }
  const reading = useShapes(asked, of, frameIn(frame, system, tiles))
  const read = reading.data
  const shapes = useMemo(() => read && onTiles(read, system, tiles), [read, system, tiles])
  return (
    <Await reading={{ data: shapes, error: reading.error, refetch: reading.refetch }} lines={8}>
      {(drawn) => {
        const count = formatNumber(drawn.length, language)
        if (drawn.length === 0 && frame === null) return <Empty title={t.data.noPlaces} />
        const cut = of === 'frame' && drawn.length >= mostRows.page
        return (
          <div className="stack">
            <MapNote system={system} tiles={tiles}>
              {of === 'frame' ? t.looking.shapesInFrame(count) : t.looking.allShapes(count)}{' '}
              {cut && t.looking.shapesCut}
            </MapNote>
            <Suspense fallback={<Loading lines={10} />}>
              <MapCanvas
                places={[]}
                shapes={drawn}
                label={t.data.mapLabel(entry.title, count)}
                tiles={tiles}
                picture={picture}
                onPick={setPicked}
                {...(of === 'frame' && { onRest: setFrame })}
              />
            </Suspense>
            <Legend counts={countKinds(drawn)} />
            {picked !== null && (
              <PickedRow entry={entry} use={use} rowKey={picked} onClose={() => setPicked(null)} />
            )}
          </div>
        )
      }}
    </Await>
  )
}

const onTiles = (shapes: readonly Shape[], system: CoordinateSystem | null, tiles: Tiles | null) =>
  tiles === null || system === null
    ? shapes
    : shapes.map((shape) => shiftedShape(shape, system, tiles.system))
