import type { EntrySearch } from '../entry-lists.store.ts'

/** What a list of entries can be narrowed by, one value of each, and how many of what was found have just these. */
export type Kind = {
  readonly organisation: string
  readonly theme: string
  readonly sharing: string
  readonly opening: string
  readonly count: number
}

type Axis = Exclude<keyof Kind, 'count'>
const axes = ['organisation', 'theme', 'sharing', 'opening'] as const satisfies readonly Axis[]

export type Facets = {
  total: number
  /** False where more were found than are counted: `total` and every count are the least that there are. */
  exact: boolean
  organisation: FacetCount[]
  theme: FacetCount[]
  sharing: FacetCount[]
  opening: FacetCount[]
}
type FacetCount = { key: string; count: number }

export const noFacets: Facets = {
  total: 0,
  exact: true,
  organisation: [],
  theme: [],
  sharing: [],
  opening: [],
}

/** An entry that was found: how well it answers, in millionths, and the place of its kind, where all were weighed. */
export type Ranked = { readonly id: string; readonly score: number; readonly kind: number }

/** What a search found, best first. */
export type Found = {
  readonly ranked: readonly Ranked[]
  /** True where `ranked` is all that was found, so that what is narrowed further is found in it. */
  readonly whole: boolean
  readonly kinds: readonly Kind[]
  readonly facets: Facets
  /** True where no entry has all that was asked for, so that those are listed which have some of it. */
  readonly partly: boolean
  /** The text-search query that the entries meet; undefined where they are listed for what they have in part. */
  readonly having: string | undefined
}

/**
 * Counts by each axis.
 *
 * @param bound so many are counted at most, of which there may be one more; null where all are.
 */
export function facetsOf(kinds: readonly Kind[], bound: number | null): Facets {
  const by = (axis: Axis): FacetCount[] => {
    const counts = new Map<string, number>()
    // What has no type on an axis is counted in the total alone.
    for (const kind of kinds)
      if (kind[axis] !== '') counts.set(kind[axis], (counts.get(kind[axis]) ?? 0) + kind.count)
    return [...counts]
      .map(([key, count]) => ({ key, count }))
      .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
  }
  const counted = kinds.reduce((sum, { count }) => sum + count, 0)
  return {
    total: bound === null ? counted : Math.min(counted, bound),
    exact: bound === null || counted <= bound,
    organisation: by('organisation'),
    theme: by('theme'),
    sharing: by('sharing'),
    opening: by('opening'),
  }
}

/** By what a search is narrowed, apart from its words. */
export type Narrowing = { readonly [axis in Axis]: string | undefined }

/** A search in two: what is looked for anywhere, and by what that is narrowed. */
export function apart({ providerId, theme, sharing, opening, ...search }: EntrySearch): {
  readonly search: EntrySearch
  readonly narrowing: Narrowing | undefined
} {
  const narrowing = { organisation: providerId, theme, sharing, opening }
  return { search, narrowing: axes.some((axis) => narrowing[axis] !== undefined) ? narrowing : undefined }
}

/** Of what was found that which has the values asked for, in the same order. */
export function narrowed(found: Found, narrowing: Narrowing): Found {
  const fits = found.kinds.map((kind) =>
    axes.every((axis) => narrowing[axis] === undefined || narrowing[axis] === kind[axis]),
  )
  return only(found, ({ kind }) => fits[kind]!)
}

/** Some of what was found, counted anew. */
export function only(found: Found, keep: (entry: Ranked) => boolean): Found {
  const ranked = found.ranked.filter(keep)
  const counts = found.kinds.map(() => 0)
  for (const { kind } of ranked) counts[kind]! += 1
  // A kind keeps its place, as the entries name it by that.
  const kinds = found.kinds.map((kind, at) => ({ ...kind, count: counts[at]! }))
  return {
    ...found,
    ranked,
    kinds,
    facets: facetsOf(
      kinds.filter(({ count }) => count > 0),
      null,
    ),
  }
}
