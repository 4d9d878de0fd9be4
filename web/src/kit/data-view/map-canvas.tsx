import 'maplibre-gl/dist/maplibre-gl.css'
import type { Feature, FeatureCollection } from 'geojson'
import {
  Map as Chart,
  NavigationControl,
  Popup,
  ScaleControl,
  type StyleSpecification,
  setWorkerUrl,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import { useEffect, useRef } from 'react'
import { usePreferences } from '../preferences.ts'

setWorkerUrl(workerUrl)

export type Place = {
  readonly longitude: number
  readonly latitude: number
  readonly title: string
  /** Share of the largest value, 0 to 1: the area of the circle. Places without are all drawn alike. */
  readonly share?: number
}

/** Added to the smallest for a place whose share is 1; in pixels. */
const largestRadius = 18
const smallestRadius = 3

/** Lines of a grid of `step` degrees around the places: the map has no outside tiles to stand on. */
function graticule(bounds: [number, number, number, number], step: number): FeatureCollection {
  const [west, south, east, north] = bounds
  const line = (coordinates: [number, number][]): Feature => ({
    type: 'Feature',
    properties: {},
    geometry: { type: 'LineString', coordinates },
  })
  const features: Feature[] = []
  const from = (value: number) => Math.floor(value / step - 8) * step
  const to = (value: number) => Math.ceil(value / step + 8) * step
  for (let x = from(west); x <= to(east); x += step)
    features.push(
      line([
        [x, from(south)],
        [x, to(north)],
      ]),
    )
  for (let y = from(south); y <= to(north); y += step)
    features.push(
      line([
        [from(west), y],
        [to(east), y],
      ]),
    )
  return { type: 'FeatureCollection', features }
}

function boundsOf(places: readonly Place[]): [number, number, number, number] {
  const x = places.map(({ longitude }) => longitude)
  const y = places.map(({ latitude }) => latitude)
  return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)]
}

function styleOf(places: readonly Place[]): StyleSpecification {
  const bounds = boundsOf(places)
  const span = Math.max(bounds[2] - bounds[0], bounds[3] - bounds[1], 0.01)
  const step = [0.01, 0.05, 0.1, 0.5, 1, 5, 10].find((size) => span / size < 12) ?? 10
  const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
  return {
    version: 8,
    sources: {
      grid: { type: 'geojson', data: graticule(bounds, step) },
      places: {
        type: 'geojson',
        data: {
          type: 'FeatureCollection',
          features: places.map(({ longitude, latitude, title, share }) => ({
            type: 'Feature',
            properties: {
              title,
              ...(share !== undefined && { radius: smallestRadius + largestRadius * Math.sqrt(share) }),
            },
            geometry: { type: 'Point', coordinates: [longitude, latitude] },
          })),
        },
      },
    },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': token('--paper-quiet') } },
      { id: 'grid', type: 'line', source: 'grid', paint: { 'line-color': token('--line'), 'line-width': 1 } },
      {
        id: 'places',
        type: 'circle',
        source: 'places',
        paint: {
          'circle-color': token('--teal'),
          'circle-opacity': 0.7,
          'circle-radius': places.some(({ share }) => share !== undefined)
            ? ['get', 'radius']
            : ['interpolate', ['linear'], ['zoom'], 6, 3, 14, 8],
          'circle-stroke-color': token('--paper'),
          'circle-stroke-width': 1,
        },
      },
    ],
  }
}

/** Points on a plain grid. Loaded only when a map is looked at. */
export default function MapCanvas({ places, label }: { places: readonly Place[]; label: string }) {
  const holder = useRef<HTMLDivElement>(null)
  const { light } = usePreferences()
  useEffect(() => {
    if (!holder.current) return
    const map = new Chart({
      container: holder.current,
      style: styleOf(places),
      bounds: boundsOf(places),
      fitBoundsOptions: { padding: 40, maxZoom: 13 },
      attributionControl: false,
    })
    map.addControl(new NavigationControl({ showCompass: false }))
    map.addControl(new ScaleControl())
    map.on('click', 'places', (event) => {
      const title = event.features?.[0]?.properties.title as string | undefined
      if (title) new Popup().setLngLat(event.lngLat).setText(title).addTo(map)
    })
    map.on('mousemove', (event) => {
      const over =
        map.getLayer('places') && map.queryRenderedFeatures(event.point, { layers: ['places'] }).length > 0
      map.getCanvas().style.cursor = over ? 'pointer' : ''
    })
    return () => map.remove()
  }, [places, light])
  return <section ref={holder} aria-label={label} style={{ height: 460 }} />
}
