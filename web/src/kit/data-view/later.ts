import { lazy } from 'react'

/** Plot and map, fetched when somebody looks at one: most readers of a page look at its first rows and go. */
export const DataPlot = lazy(async () => ({ default: (await import('./plot/data-plot.tsx')).DataPlot }))
export const DataMap = lazy(async () => ({ default: (await import('./map/data-map.tsx')).DataMap }))
