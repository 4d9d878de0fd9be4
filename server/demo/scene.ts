import type { House } from '../house.ts'
import type { Entry } from '../rooms/catalogue/index.ts'
import type { Members } from './accounts.ts'
import type { City } from './city.ts'
import type { Past } from './timeline.ts'

/** What there is while the demo city comes into being. */
export type Scene = {
  readonly house: House
  readonly city: City
  readonly members: Members
  readonly past: Past
  /** Entries by title; each is there from the day on which it was compiled. */
  readonly entries: Map<string, Entry>
}
