import 'maplibre-gl/dist/maplibre-gl.css'
import {
  Map as Chart,
  type GeoJSONSource,
  type MapMouseEvent,
  NavigationControl,
  Popup,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { useEffect, useRef } from 'react'
import { useText } from '../../../text/use-text.ts'
import { formatNumber } from '../../formats.ts'
import { usePreferences } from '../../preferences.ts'
import type { PictureHolder } from '../picture/picture.types.ts'
import type { CoordinateSystem } from './coordinates.ts'
import { placesData, styleOf } from './map-style.ts'
import { type Bounds, boundsOf, type Place } from './places.ts'

setWorkerUrl(workerUrl)

/** Tiles that the installation names for its base maps. */
export type Tiles = { readonly url: string; readonly by: string; readonly system: CoordinateSystem }

type Props = {
  places: readonly Place[]
  label: string
  tiles: Tiles | null
  picture: PictureHolder
  /** Told what is in sight each time the map has come to rest. */
  onRest?: (bounds: Bounds) => void
}

/** Zoom steps that a press on several places goes nearer. */
const nearer = 2

/** Places on a plain grid or on the city's tiles. Loaded only when a map is looked at. */
export default function MapCanvas({ places, label, tiles, picture, onRest }: Props) {
  const holder = useRef<HTMLDivElement>(null)
  const chart = useRef<Chart | null>(null)
  const drawn = useRef(places)
  drawn.current = places
  const rest = useRef(onRest)
  rest.current = onRest
  const { light } = usePreferences()
  const { t, language } = useText()
  // Another light is another map: its style reads the colours when it is made.
  useEffect(() => {
    if (!holder.current) return
    const map = new Chart({
      container: holder.current,
      style: styleOf(drawn.current, tiles),
      bounds: boundsOf(drawn.current),
      fitBoundsOptions: { padding: 40, maxZoom: 13 },
      attributionControl: tiles ? { customAttribution: tiles.by } : false,
    })
    chart.current = map
    map.addControl(new NavigationControl({ showCompass: false }))
    map.addControl(new ScaleControl())
    map.on('click', 'places', (event) => {
      const found = event.features?.[0]?.properties
      if (found === undefined) return
      const together = found.point_count as number | undefined
      if (together !== undefined) map.easeTo({ center: event.lngLat, zoom: map.getZoom() + nearer })
      const title =
        together === undefined
          ? (found.title as string)
          : t.looking.placesHere(formatNumber(together, language))
      if (title) new Popup().setLngLat(event.lngLat).setText(title).addTo(map)
    })
    map.on('mousemove', (event) => showPointer(map, event))
    map.on('moveend', () => {
      const [[west, south], [east, north]] = map.getBounds().toArray() as [[number, number], [number, number]]
      rest.current?.([west, south, east, north])
    })
    picture.current = () => pictureOf(map, label)
    return () => {
      picture.current = null
      chart.current = null
      map.remove()
    }
  }, [light, tiles, picture, label, t, language])
  useEffect(() => {
    const map = chart.current
    const show = () => map?.getSource<GeoJSONSource>('places')?.setData(placesData(places))
    if (map?.isStyleLoaded()) show()
    else map?.once('load', show)
  }, [places])
  return <section ref={holder} aria-label={label} style={{ height: 'min(460px, 70vh)' }} />
}

function showPointer(map: Chart, { point }: MapMouseEvent): void {
  const over = map.getLayer('places') && map.queryRenderedFeatures(point, { layers: ['places'] }).length > 0
  map.getCanvas().style.cursor = over ? 'pointer' : ''
}

/** A browser forgets what was drawn once it is shown: the picture is taken while it is drawn anew. */
function pictureOf(map: Chart, title: string) {
  return new Promise<Awaited<ReturnType<NonNullable<PictureHolder['current']>>>>((resolve) => {
    map.once('render', () => {
      const canvas = map.getCanvas()
      resolve({
        body: { image: canvas.toDataURL('image/png') },
        width: canvas.clientWidth,
        height: canvas.clientHeight,
        title,
      })
    })
    map.triggerRepaint()
  })
}
