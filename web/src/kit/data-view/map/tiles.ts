import type { CoordinateSystem } from './coordinates.ts'

/** Tiles that the installation names for its base maps. */
export type Tiles = { readonly url: string; readonly by: string; readonly system: CoordinateSystem }
