import type { Entry } from '@tiaoli/contract/catalogue'
import type { DataState } from '../data-state.ts'
import type { PictureHolder } from '../picture/picture.types.ts'
import type { Use } from '../use.types.ts'
import type { MapFields } from './map-fields.ts'

/** Of what a map is drawn. */
export type MapProps = {
  entry: Entry
  fields: Entry['fields']
  use: Use
  state: DataState
  picture: PictureHolder
}

export type PointFields = Extract<MapFields, { kind: 'points' }>
