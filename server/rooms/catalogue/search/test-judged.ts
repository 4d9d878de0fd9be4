import { readFile } from 'node:fs/promises'
import { newId } from '@tiaoli/kernel/ids'
import { sql } from 'kysely'
import type { Database } from '../../../foundations/database/index.ts'
import { createAnalyser } from '../../vocabulary/analyser.ts'
import { indexedOf } from './indexed.rules.ts'
import { createSearch } from './search.service.ts'
import { writeIndexed } from './search.store.ts'
import { judgedCatalogue } from './test-catalogue.ts'

/** What a search is narrowed by; `published: false` looks for what need not be published, of which nothing is kept. */
type Narrowing = { readonly providerId: string; readonly published: boolean }

/** Lays the judged catalogue into an empty database; the result gives the titles that a search finds, best first. */
export async function createJudgedSearch(
  database: Database,
): Promise<(q: string, narrowing?: Narrowing) => Promise<readonly string[]>> {
  // The index alone, without the rooms around it: nothing but the search is judged.
  await database.script(await tableOfIndex())
  const analyser = createAnalyser({ version: 1, words: [], synonyms: [] }, [])
  const titles = new Map<string, string>()
  for (const entry of judgedCatalogue) {
    const id = newId()
    titles.set(id, entry.title)
    await sql`insert into entry_index (entry_id, published, provider_id, theme, sharing_type, opening_type, changed_at, data_at)
      values (${id}, true, ${entry.organisation[0]}, '', '', '', now(), 'epoch')`.execute(database.db)
    await writeIndexed(database.db, [{ id, indexed: indexedOf(entry, analyser) }], 1)
  }
  const search = createSearch({
    database,
    ledger: { epoch: async () => 0 },
    vocabulary: { analyserIn: async () => analyser },
  })
  return async (q, narrowing) =>
    (await search.find({ q, published: true, ...narrowing }, 'relevance', undefined, 10)).ids.map(
      ({ id }) => titles.get(id)!,
    )
}

/** The table and its indexes as the migration makes them; what ties them to the entries is left out. */
async function tableOfIndex(): Promise<string> {
  const migration = await readFile(new URL('../migrations/0006-search.sql', import.meta.url), 'utf8')
  return migration
    .split('-- What the index has of an entry')[0]!
    .replace(' references entry (id) on delete cascade', '')
}
