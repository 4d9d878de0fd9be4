import type { entryDraftSchema } from '@tiaoli/contract/catalogue'
import type { ArticleId } from '@tiaoli/kernel/decisions'
import type { Text } from '@tiaoli/kernel/text'
import type { z } from 'zod'
import type { CaseEvent } from '../../foundations/cases/index.ts'
import type { Tx } from '../../foundations/database/index.ts'

/** The procedure by which an entry comes into the catalogue, and by which it is revised. */
export const cataloguingProcedure = 'catalogue-entry'

/** What a provider writes of an entry; sharing and opening type may come later. */
export type DraftInput = z.output<typeof entryDraftSchema>

/** What an entry says of its data: the part that its provider writes. */
export type EntryContent = DraftInput & {
  readonly part: string
  readonly sharing: NonNullable<DraftInput['sharing']>
  readonly opening: NonNullable<DraftInput['opening']>
  /** Who recorded the assessment as it stands, and when. */
  readonly assessed?: { readonly by: string; readonly at: string } | null
}

/** An entry of the catalogue (目录条目). */
export type Entry = {
  readonly id: string
  readonly number: string
  readonly providerId: string
  readonly caseId: string
  readonly status: string
  readonly published: boolean
  /** The content that holds: for the public, for requests, for the gateway. */
  readonly content: EntryContent
  /** A revision of a published entry that has not been confirmed yet. */
  readonly pending: EntryContent | null
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly publishedAt: Date | null
  readonly live: { readonly snapshotId: string; readonly rows: number; readonly at: Date } | null
  /** The system at their source where the rows of an entry lie that were not brought in. */
  readonly heldAt: { readonly systemId: string; readonly system: string } | null
}

export const keyFieldsOf = (content: EntryContent): string[] =>
  content.fields.filter((field) => field.key).map((field) => field.name)

const days: Record<string, number | null> = {
  'real-time': 1,
  daily: 1,
  weekly: 7,
  monthly: 31,
  quarterly: 92,
  yearly: 366,
  irregular: null,
}

/** The moment by which data of this update cycle are due again; null for a cycle that promises no time. */
export function dueAgain(updateCycle: string | null, since: Date): Date | null {
  const cycle = updateCycle === null ? null : (days[updateCycle] ?? null)
  return cycle === null ? null : new Date(since.getTime() + cycle * 86_400_000)
}

/** The moment before which the next load is due, by the update cycle that the entry promises; null where it promises none. */
export const nextLoadDue = (content: EntryContent, lastLoadAt: Date | null): Date | null =>
  lastLoadAt === null ? null : dueAgain(content.updateCycle, lastLoadAt)

/** Whether what came at a moment is still as new as the update cycle promises, and until when. */
export type Timeliness = { readonly dueBefore: Date | null; readonly late: boolean }

/** Pure: how rows stand that came last at a moment, by the cycle that the entry promises. */
export function timelinessOf(content: EntryContent | undefined, since: Date, now: Date): Timeliness {
  const dueBefore = content === undefined ? null : dueAgain(content.updateCycle, since)
  return { dueBefore, late: dueBefore !== null && dueBefore < now }
}

/** A published entry, as far as the city's overviews need it: there are many of them. */
export type PublishedEntry = Pick<Entry, 'id' | 'number' | 'providerId' | 'live' | 'heldAt'> & {
  readonly title: string
  readonly theme: string
  readonly part: string | null
  readonly updateCycle: string | null
  readonly sharingType: string
  readonly openingType: string
  readonly publishedAt: Date
}

/** What an act of the cataloguing procedure means for an entry, whatever the city calls it. */
export type EntryMoment = 'submission' | 'confirmation' | 'publication' | 'withdrawal'

export type EntryFault = {
  /** Where completing the entry would not help: what would. */
  readonly remedy?: Text
  readonly path: string
  readonly message: Text
  readonly article?: ArticleId | undefined
}

/** Another room's say in cataloguing. Both are asked in the transaction of the act. */
export type EntryWatcher = {
  /** What stops the act; nothing where the room has no objection. */
  readonly check?: (tx: Tx, entry: Entry, moment: EntryMoment, event: CaseEvent) => Promise<EntryFault[]>
  /** What follows from it; `before` is the entry as it was. */
  readonly follow?: (
    tx: Tx,
    entry: Entry,
    moment: EntryMoment,
    event: CaseEvent,
    before: Entry,
  ) => Promise<void>
  /** What follows from data that are live from now on, in the transaction that makes them so. */
  readonly followData?: (tx: Tx, entry: Entry) => Promise<void> | undefined
}
