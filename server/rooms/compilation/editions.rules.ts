import type { CivilDate } from '@tiaoli/kernel/instants'
import { civilDateOf } from '@tiaoli/kernel/instants'
import type { CompilationRules, Rulebook } from '../../foundations/rulebook/index.ts'
import { type Entry, type EntryContent, typeOf } from '../catalogue/index.ts'

export type CatalogueRule = NonNullable<CompilationRules['editions']>['catalogues'][number]

/**
 * Which entries a catalogue is formed of. A closed sharing type keeps an entry out of the sharing catalogue and a
 * closed opening type out of the opening catalogue; both stay in the whole one.
 *
 * @article TJ-10.2-b CQ-22.1-a SZ-14.3-a
 */
export function membersOf(
  rulebook: Pick<Rulebook, 'catalogue'>,
  catalogue: CatalogueRule,
): {
  readonly published: true
  readonly sharingTypes?: readonly string[]
  readonly openingTypes?: readonly string[]
  readonly part?: string | undefined
} {
  const notClosed = (types: Rulebook['catalogue']['sharingTypes']) =>
    types.filter(({ effect }) => effect !== 'closed').map(({ key }) => key)
  switch (catalogue.takes) {
    case 'published':
      return { published: true }
    case 'shared':
      return { published: true, sharingTypes: notClosed(rulebook.catalogue.sharingTypes) }
    case 'opened':
      return { published: true, openingTypes: notClosed(rulebook.catalogue.openingTypes) }
    case 'part':
      return { published: true, part: catalogue.part }
  }
}

/** Entry and version of it, as an edition holds them. */
export type Held = { readonly entryId: string; readonly version: number }

export type EditionChange = Held & { readonly before: number | null }
export type Differences = {
  readonly added: readonly EditionChange[]
  readonly changed: readonly EditionChange[]
  readonly withdrawn: readonly EditionChange[]
}

/** What differs between two editions of one catalogue: entries that came, changed and went. */
export function differencesOf(before: readonly Held[], after: readonly Held[]): Differences {
  const was = new Map(before.map((held) => [held.entryId, held.version]))
  const is = new Set(after.map((held) => held.entryId))
  const with_ = (held: Held): EditionChange => ({ ...held, before: was.get(held.entryId) ?? null })
  return {
    added: after.filter((held) => !was.has(held.entryId)).map(with_),
    changed: after
      .filter((held) => was.has(held.entryId) && was.get(held.entryId) !== held.version)
      .map(with_),
    withdrawn: before.filter((held) => !is.has(held.entryId)).map(with_),
  }
}

/** Names of the properties in which two contents differ. */
export function changedProperties(before: EntryContent, after: EntryContent): (keyof EntryContent)[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof EntryContent>
  return [...names].filter((name) => canonical(before[name]) !== canonical(after[name]))
}

/** Stored documents come back with their keys in another order: what is equal has to read equal. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/** The civil date that lies so many months after a moment; the last day of a month that is too short. */
export function monthsAfter(at: Date, months: number): CivilDate {
  const [year, month, day] = civilDateOf(at).split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10)
}

/** An entry's cells of the exported table, in the order of `exportColumns`. */
export const exportColumns = [
  '目录编号',
  '名称',
  '提供单位',
  '摘要',
  '共享类型',
  '开放类型',
  '更新周期',
  '信息项',
] as const

export const exportCells = (
  rulebook: Rulebook,
  provider: string,
  entry: Pick<Entry, 'number'>,
  content: EntryContent,
) => [
  entry.number,
  content.title,
  provider,
  content.summary,
  typeOf(rulebook, 'sharing', content.sharing.type)?.term.zh ?? content.sharing.type,
  typeOf(rulebook, 'opening', content.opening.type)?.term.zh ?? content.opening.type,
  content.updateCycle ?? '',
  content.fields.map((field) => field.name).join('、'),
]
