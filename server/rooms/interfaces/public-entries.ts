import { Problem } from '../../foundations/problems/index.ts'
import type { Entry, EntryCondition } from '../catalogue/index.ts'
import { describeCatalogue, describeEntry, freeTypes } from './describe.rules.ts'
import type { DescribedCatalogue, DescribedEntry } from './described.model.ts'
import type { InterfacesDeps } from './interfaces.deps.ts'

export type PublicEntries = ReturnType<typeof createPublicEntries>

/** How deep a search by free words goes: what lies further down nobody has ever looked for. */
const mostFound = 1_000

/** Entries as everybody may know them, for every interface the same. */
export function createPublicEntries({
  catalogue,
  identity,
  rulebook,
  publicUrl,
}: Omit<InterfacesDeps, 'snapshot'>) {
  const { publicList } = catalogue
  const described = (entry: Entry): DescribedEntry =>
    describeEntry(entry, identity.organisation(entry.providerId), rulebook, publicUrl)

  async function find(id: string): Promise<DescribedEntry | undefined> {
    const entry = await catalogue.find(id)
    return entry?.published === true ? described(entry) : undefined
  }

  return {
    base: publicUrl,
    described,
    find,
    /** Throws `not-found` for what is not published, as for what there is not. */
    async require(id: string): Promise<DescribedEntry> {
      const entry = await find(id)
      if (entry === undefined) throw new Problem('not-found')
      return entry
    },
    catalogue: (): DescribedCatalogue => describeCatalogue(rulebook, identity.organisations(), publicUrl),
    takenFreely: { kind: 'taken-freely', openingTypes: freeTypes(rulebook) } satisfies EntryCondition,
    list: publicList,

    /** Ids of what the catalogue's own search finds for free words, the best first; undefined where nothing was asked. */
    async found(words: string): Promise<string[] | undefined> {
      if (words.trim() === '') return undefined
      const { found } = await catalogue.search(
        { q: words, published: true },
        'relevance',
        undefined,
        mostFound,
      )
      return found.map(({ entry }) => entry.id)
    },
    /** The day on which the catalogue last changed; its beginning where it is empty. */
    async changedAt(): Promise<Date> {
      const [newest] = await publicList.entries(all, { by: 'modified', descending: true }, { limit: 1 })
      return newest === undefined ? new Date(0) : described(newest).modifiedAt
    },
  }
}

export const all: EntryCondition = { kind: 'all', of: [] }
export const allOf = (...of: EntryCondition[]): EntryCondition => ({ kind: 'all', of })
