import type { Feature, FeatureCollection } from 'geojson'
import type { StyleSpecification } from 'maplibre-gl'
import { boundsOf, type Place } from './places.ts'
import { boundsOfShapes, type Shape } from './shapes.ts'
import type { Tiles } from './tiles.ts'

/** Added to the smallest for a place whose share is 1; in pixels. */
const largestRadius = 18
const smallestRadius = 3
/** Places from which those near each other are drawn as one. */
export const clusteredFrom = 2000
/** Places nearer to each other than this become one circle, none of which then covers its neighbour. */
const clusterPixels = 18
const leastClusterRadius = 2.5
/** A circle is as large as it gets where it holds one in so many of all places. */
const fullClusters = 200

/** What stands on a map. */
export type Drawn = { readonly places: readonly Place[]; readonly shapes: readonly Shape[] }

/** Layers of which a press asks what is there; the topmost is told. */
export const clickedLayers = ['places', 'lines', 'areas'] as const

/** The frame of all that is drawn. */
export const frameOf = ({ places, shapes }: Drawn) =>
  shapes.length > 0 ? boundsOfShapes(shapes) : boundsOf(places)

/** The circles of places and the shapes. A place that shares a value has a radius of its own. */
export const drawnData = ({ places, shapes }: Drawn): FeatureCollection => ({
  type: 'FeatureCollection',
  features: [
    ...placesData(places),
    ...shapes.map(
      ({ geometry, title, key }): Feature => ({ type: 'Feature', properties: { title, key }, geometry }),
    ),
  ],
})

const placesData = (places: readonly Place[]): Feature[] =>
  places.map(({ longitude, latitude, title, share, key }) => ({
    type: 'Feature',
    properties: {
      title,
      key,
      ...(share !== undefined && { radius: smallestRadius + largestRadius * Math.sqrt(share) }),
    },
    geometry: { type: 'Point', coordinates: [longitude, latitude] },
  }))

/** Lines of a grid of `step` degrees around the places: the map has no outside tiles to stand on. */
function graticule(bounds: [number, number, number, number], step: number): FeatureCollection {
  const [west, south, east, north] = bounds
  const line = (coordinates: [number, number][]): Feature => ({
    type: 'Feature',
    properties: {},
    geometry: { type: 'LineString', coordinates },
  })
  const [left, right] = [Math.floor(west / step - 8), Math.ceil(east / step + 8)]
  const [low, high] = [Math.floor(south / step - 8), Math.ceil(north / step + 8)]
  const features: Feature[] = []
  for (let x = left; x <= right; x += 1)
    features.push(
      line([
        [x * step, low * step],
        [x * step, high * step],
      ]),
    )
  for (let y = low; y <= high; y += 1)
    features.push(
      line([
        [left * step, y * step],
        [right * step, y * step],
      ]),
    )
  return { type: 'FeatureCollection', features }
}

/** Paper, a grid or the city's tiles, the shapes, and the circles; near ones as one where there are many. */
export function styleOf(drawn: Drawn, tiles: Tiles | null): StyleSpecification {
  const { places } = drawn
  const bounds = frameOf(drawn)
  const span = Math.max(bounds[2] - bounds[0], bounds[3] - bounds[1], 0.01)
  const step = [0.01, 0.05, 0.1, 0.5, 1, 5, 10].find((size) => span / size < 12) ?? 10
  const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
  const weighed = places.some(({ share }) => share !== undefined)
  const clustered = !weighed && places.length > clusteredFrom
  return {
    version: 8,
    sources: {
      ...(tiles
        ? { tiles: { type: 'raster', tiles: [tiles.url], tileSize: 256 } }
        : { grid: { type: 'geojson', data: graticule(bounds, step) } }),
      places: {
        type: 'geojson',
        data: drawnData(drawn),
        ...(clustered ? { cluster: true, clusterRadius: clusterPixels, clusterMaxZoom: 14 } : {}),
      },
    },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': token('--paper-quiet') } },
      tiles
        ? { id: 'tiles', type: 'raster', source: 'tiles' }
        : {
            id: 'grid',
            type: 'line',
            source: 'grid',
            paint: { 'line-color': token('--line'), 'line-width': 1 },
          },
      {
        id: 'areas',
        type: 'fill',
        source: 'places',
        filter: ['==', ['geometry-type'], 'Polygon'],
        paint: { 'fill-color': token('--teal'), 'fill-opacity': 0.25 },
      },
      {
        id: 'lines',
        type: 'line',
        source: 'places',
        filter: ['!=', ['geometry-type'], 'Point'],
        paint: { 'line-color': token('--teal'), 'line-width': 2 },
      },
      {
        id: 'places',
        type: 'circle',
        source: 'places',
        filter: ['==', ['geometry-type'], 'Point'],
        paint: {
          'circle-color': token('--teal'),
          'circle-opacity': 0.7,
          'circle-radius': weighed
            ? ['get', 'radius']
            : [
                'case',
                ['has', 'point_count'],
                [
                  '+',
                  leastClusterRadius,
                  [
                    '*',
                    clusterPixels / 2 - leastClusterRadius,
                    ['min', 1, ['sqrt', ['/', ['get', 'point_count'], places.length / fullClusters]]],
                  ],
                ],
                4,
              ],
          'circle-stroke-color': token('--paper'),
          'circle-stroke-width': 1,
        },
      },
    ],
  }
}
