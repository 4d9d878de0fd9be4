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
import { usePortalText } from '../../../text/use-text.ts'
import { formatNumber } from '../../formats.ts'
import { usePreferences } from '../../preferences.ts'
import type { PictureHolder } from '../picture/picture.types.ts'
import { clickedLayers, drawnData, frameOf, styleOf } from './map-style.ts'
import type { Bounds, Place } from './places.ts'
import styles from './popup.module.css'
import type { Shape } from './shapes.ts'
import type { Tiles } from './tiles.ts'

setWorkerUrl(workerUrl)

type Props = {
  places: readonly Place[]
  /** Lines, areas and points of rows, drawn beside the places. */
  shapes?: readonly Shape[]
  label: string
  tiles: Tiles | null
  picture: PictureHolder
  /** Told what is in sight each time the map has come to rest. */
  onRest?: (bounds: Bounds) => void
  /** Told the key of the row that somebody wants to see. */
  onPick?: (key: string) => void
}

const none: readonly Shape[] = []

/** Zoom steps that a press on several places goes nearer. */
const nearer = 2

/** Places on a plain grid or on the city's tiles. Loaded only when a map is looked at. */
export default function MapCanvas({ places, shapes = none, label, tiles, picture, onRest, onPick }: Props) {
  const holder = useRef<HTMLDivElement>(null)
  const chart = useRef<Chart | null>(null)
  const drawn = useRef({ places, shapes })
  drawn.current = { places, shapes }
  const pick = useRef(onPick)
  pick.current = onPick
  const rest = useRef(onRest)
  rest.current = onRest
  const { light } = usePreferences()
  const { t, language } = usePortalText()
  // Another light is another map: its style reads the colours when it is made.
  useEffect(() => {
    if (!holder.current) return
    const map = new Chart({
      container: holder.current,
      style: styleOf(drawn.current, tiles),
      bounds: frameOf(drawn.current),
      fitBoundsOptions: { padding: 40, maxZoom: 13 },
      attributionControl: tiles ? { customAttribution: tiles.by } : false,
    })
    chart.current = map
    map.addControl(new NavigationControl({ showCompass: false }))
    map.addControl(new ScaleControl())
    map.on('click', [...clickedLayers], (event) => {
      const found = event.features?.[0]?.properties
      if (found === undefined) return
      const together = found.point_count as number | undefined
      if (together !== undefined) map.easeTo({ center: event.lngLat, zoom: map.getZoom() + nearer })
      const title =
        together === undefined
          ? (found.title as string)
          : t.looking.placesHere(formatNumber(together, language))
      const key = pick.current && (found.key as string | undefined)
      if (!title && key === undefined) return
      const popup = new Popup().setLngLat(event.lngLat)
      if (key === undefined) popup.setText(title)
      else
        popup.setDOMContent(
          popupOf(title, t.looking.showRow, () => {
            popup.remove()
            pick.current?.(key)
          }),
        )
      popup.addTo(map)
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
    const show = () => map?.getSource<GeoJSONSource>('places')?.setData(drawnData({ places, shapes }))
    if (map?.isStyleLoaded()) show()
    else map?.once('load', show)
  }, [places, shapes])
  return <section ref={holder} aria-label={label} style={{ height: 'min(460px, 70vh)' }} />
}

function showPointer(map: Chart, { point }: MapMouseEvent): void {
  const layers = clickedLayers.filter((id) => map.getLayer(id) !== undefined)
  const over = layers.length > 0 && map.queryRenderedFeatures(point, { layers }).length > 0
  map.getCanvas().style.cursor = over ? 'pointer' : ''
}

/** The name of what was clicked, and the way to its row. */
function popupOf(title: string, words: string, onOpen: () => void): HTMLElement {
  const box = document.createElement('div')
  const button = document.createElement('button')
  button.type = 'button'
  button.className = styles.toRow!
  button.textContent = words
  button.addEventListener('click', onOpen)
  box.append(title, document.createElement('br'), button)
  return box
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
