import type { Caller } from '@tiaoli/server/foundations/gateway/index'
import { sql } from 'kysely'
import { bringIn, companyFile, publishEntry, unconditional } from '../scenarios/kit/acts.ts'
import { type City, openCity } from '../scenarios/kit/city.ts'
import { createFreshDatabase } from '../server/foundations/database/fresh-database.ts'
import { startPostgres } from '../tools/postgres.ts'
import type { BenchRow } from './bench.types.ts'

const grants = 100_000
const decisionsPerTurn = 100
const turns = 5
const holder = 'civil'

/** Whether a decision costs more where a city has given a hundred thousand grants than where it has given one. */
export async function grantsBench(): Promise<BenchRow[]> {
  const postgres = await startPostgres()
  try {
    const city = await openCity('chongqing', { databaseUrl: await createFreshDatabase(postgres.url) })
    city.at(new Date().toISOString())
    const entryId = await publishEntry(city, { sharing: unconditional })
    const elsewhere = await publishEntry(city, { sharing: unconditional, title: '另一目录' })
    await bringIn(city, entryId, companyFile(['91500000MA00000008']))
    await give(city, 1, 1, entryId, holder)
    const caller: Caller = {
      userId: 'officer',
      organisationId: holder,
      publicBody: true,
      apiKeyId: 'key',
      keyGrantId: 'grant-1',
    }
    const one = await measured(city, caller, entryId)
    // Half of them other bodies' on the same entry, half of them this body's on another.
    await give(city, 2, grants / 2, entryId, null)
    await give(city, grants / 2 + 1, grants, elsewhere, holder)
    await sql`analyze use_grant`.execute(city.house.database.db)
    const many = await measured(city, caller, entryId)
    await city.close()
    return (['read', 'known'] as const).map((kind) => {
      const ratio = many[kind] / one[kind]
      const facts = kind === 'read' ? 'facts read anew' : 'facts known'
      return {
        name: `decision with ${grants.toLocaleString('en')} grants ÷ with 1, ${facts} (${Math.round(one[kind] * 1000)} µs)`,
        value: Math.round(ratio * 100) / 100,
        unit: '×',
        target: '≤ 1.2',
        met: ratio <= 1.2,
      }
    })
  } finally {
    postgres.stop()
  }
}

type Milliseconds = { readonly read: number; readonly known: number }

/** The median of several turns, of a decision after something changed and of one after nothing did. */
async function measured({ house }: City, caller: Caller, entryId: string): Promise<Milliseconds> {
  const decision = async () => {
    const begin = performance.now()
    const verdict = await house.gateway.plan(caller, entryId, undefined, {})
    if (!verdict.ok || verdict.value.grantId !== 'grant-1') throw new Error(JSON.stringify(verdict))
    return performance.now() - begin
  }
  const read: number[] = []
  const known: number[] = []
  for (let turn = 0; turn < turns * decisionsPerTurn; turn++) {
    await house.database.inTransaction((tx) => house.ledger.turnEpoch(tx))
    read.push(await decision())
    known.push(await decision())
  }
  return { read: median(read), known: median(known) }
}

/** Grants number `from` to `to` as a decision would leave them; to a body each where none is named. */
async function give(city: City, from: number, to: number, entryId: string, organisationId: string | null) {
  await sql`insert into use_grant (id, entry_id, case_id, case_number, provider_id, organisation_id, fields, scenario,
      article, valid_from, valid_until)
    select 'grant-' || n, ${entryId}, 'case-' || n, 'case-' || n, 'market', coalesce(${organisationId}, 'body-' || n),
      array['统一社会信用代码', '企业名称'], 'bench', 'CQ-26.1', now(), now() + interval '1 year'
    from generate_series(${from}::int, ${to}::int) as n`.execute(city.house.database.db)
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

if (import.meta.main) console.table(await grantsBench())
