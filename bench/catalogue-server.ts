import { compose } from '@tiaoli/server/compose'
import { readConfig } from '@tiaoli/server/config'
import { indexedOf } from '@tiaoli/server/rooms/catalogue/search/indexed.rules'
import { judgedCatalogue } from '@tiaoli/server/rooms/catalogue/search/test-catalogue'
import { rulebookOf } from '@tiaoli/server/serve'
import { sql } from 'kysely'
import { companyRegister, conditional, unconditional } from '../scenarios/kit/acts.ts'
import { syntheticCreditCode } from '../scenarios/kit/synthetic.ts'
import { places } from './catalogue-queries.ts'

/**
 * The house with many published entries, in a process of its own: the judged catalogue once for every place and year.
 * They are laid into the tables directly, for what is measured is finding them, not how each came to be published.
 */
const [dataFolder, url, count] = [process.argv[2]!, process.argv[3] || undefined, Number(process.argv[4])]

const config = readConfig({ TIAOLI_TEST: '1', TIAOLI_DATA: dataFolder, TIAOLI_DEMO: '0', DATABASE_URL: url })
const house = await compose(config, await rulebookOf(config.city))
const { db } = house.database
const providers = [...new Set(judgedCatalogue.map(({ organisation }) => organisation[0]!))]
for (const [index, zh] of providers.entries())
  await house.identity.createOrganisation({
    id: `org-${index}`,
    name: { zh, en: `Body ${index}` },
    kind: 'department',
    level: 'city',
    creditCode: syntheticCreditCode(index),
    roles: ['department'],
    budgetFunded: true,
  })

const themes = ['enterprise', 'society', 'transport', 'environment', 'health', 'education']
const analyser = await house.vocabulary.analyser()
const literal = (terms: readonly string[]) => terms.map((term) => `'${term}'`).join(' ')
await house.database.script(`
  create table bench_base (n int, provider text, theme text, raw text, content jsonb, title text, core text, words text,
    names text, syllables text, initials text, terms tsvector);
  create table bench_place (n int, raw text, words text, syllables text, initials text, terms tsvector)`)
for (const [n, entry] of judgedCatalogue.entries()) {
  const indexed = indexedOf(entry, analyser)
  const theme = themes[n % themes.length]!
  const content = {
    ...companyRegister,
    ...{ title: entry.title, summary: entry.summary, keywords: entry.keywords, theme },
    fields: entry.fields.map(({ name }) => ({ name, type: 'text', meaning: '', sensitivity: 'public' })),
    ...{ part: 'government', sharing: conditional, opening: unconditional, sourceGrantId: null },
  }
  await sql`insert into bench_base values (${n}, ${`org-${providers.indexOf(entry.organisation[0]!)}`}, ${theme}, ${entry.title},
    ${JSON.stringify(content)}, ${indexed.title}, ${indexed.core}, ${indexed.words}, ${indexed.names}, ${indexed.syllables},
    ${indexed.initials}, ${literal(indexed.terms)}::tsvector)`.execute(db)
}
const empty = { summary: '', keywords: [], fields: [], number: '', organisation: [] }
for (const [n, title] of places(Math.ceil(count / judgedCatalogue.length)).entries()) {
  const { words, syllables, initials, terms } = indexedOf({ ...empty, title }, analyser)
  await sql`insert into bench_place values (${n}, ${title}, ${words}, ${syllables}, ${initials}, ${literal(terms)}::tsvector)`.execute(
    db,
  )
}
const { rows: indexes } = await sql<{ name: string; made: string }>`
  select indexname as name, indexdef as made from pg_indexes
  where tablename = 'entry_index' and indexname <> 'entry_index_pkey'`.execute(db)
const numbered = `select row_number() over (order by p.n, b.n) as i, 'CQ-' || lpad((row_number() over (order by p.n, b.n))::text, 6, '0') as number,
  b.provider, b.theme, b.content, p.raw || b.raw as raw, p.raw || b.title as title, p.raw || b.core as core,
  p.words || ltrim(b.words) as words, b.names, p.syllables || ltrim(b.syllables) as syllables, p.initials || b.initials as initials,
  p.terms || b.terms as terms from bench_place p cross join bench_base b limit ${count}`
const id = `'018f0000-0000-7000-8000-' || lpad(to_hex(i), 12, '0')`
const day = `timestamptz '2026-09-01' - i * interval '1 minute'`
await house.database.script(`
  ${indexes.map(({ name }) => `drop index ${name};`).join('\n')}
  alter table entry disable trigger entry_index_follow;
  insert into entry (id, number, provider_id, case_id, status, published, content, title, theme, sharing_type, opening_type,
      created_at, updated_at, published_at, snapshot_id, rows, live_at)
    select ${id}, number, provider, '', 'published', true, content || jsonb_build_object('title', raw), raw, theme, 'conditional',
      'unconditional', ${day}, ${day}, ${day}, 's', 1000, ${day} from (${numbered}) as made;
  insert into entry_index (entry_id, published, provider_id, theme, sharing_type, opening_type, changed_at, data_at, title, core, words,
      names, syllables, initials, terms, indexed_with)
    select ${id}, true, provider, theme, 'conditional', 'unconditional', ${day}, ${day}, title, core, words, names, syllables, initials,
      terms, ${analyser.version} from (${numbered}) as made;
  alter table entry enable trigger entry_index_follow;
  set maintenance_work_mem = '256MB';
  ${indexes.map(({ made }) => `${made};`).join('\n')}
  drop table bench_base, bench_place;
  analyze entry`)
// As a store that has run for some days does by itself: without it nothing is read from an index alone.
await sql`vacuum analyze entry_index`.execute(db)
// What it holds in memory is for whoever measures to ask.
process.on('message', () => process.send!(process.memoryUsage().rss))
process.send!(await house.app.listen({ host: '127.0.0.1', port: 0 }))
