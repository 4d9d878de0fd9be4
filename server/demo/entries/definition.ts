import type { EntryDraft } from '@tiaoli/contract/catalogue'
import type { BasisKey } from '../bases.ts'
import type { City } from '../city.ts'
import type { Column } from '../columns.ts'
import type { BodyKey } from '../organisations.ts'

/** How data can be had, by the effect that every rulebook's types have, whatever it calls them. */
export type Access =
  | { readonly effect: 'free' }
  | { readonly effect: 'by-request'; readonly conditions: string; readonly basis: BasisKey }
  | { readonly effect: 'closed'; readonly basis: BasisKey }

export const free: Access = { effect: 'free' }
export const onRequest = (conditions: string, basis: BasisKey): Access => ({
  effect: 'by-request',
  conditions,
  basis,
})
export const closed = (basis: BasisKey): Access => ({ effect: 'closed', basis })

/** An entry of the demo city. */
export type Definition = Pick<
  EntryDraft,
  'title' | 'summary' | 'updateCycle' | 'securityGrade' | 'keywords'
> & {
  readonly provider: BodyKey
  readonly theme: string
  readonly sharing: Access
  readonly opening: Access
  readonly columns: readonly Column[]
  /** Its data, where it has any. */
  readonly data?: {
    readonly rows: number | ((city: City) => number)
    /** How many snapshots there are; one where left out. */
    readonly snapshots?: number
    /** Rows that the file has beside its good ones, and that are refused. */
    readonly faultyRows?: number
    /** True where the last load has come later than the update cycle promises. */
    readonly late?: boolean
  }
  /** How far its cataloguing has come; published where left out. */
  readonly reached?: 'draft' | 'submitted' | 'returned' | 'published' | 'withdrawn'
}
