import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CaseEvent, CaseState } from '../server/foundations/cases/cases.types.ts'
import { decideAct } from '../server/foundations/cases/decide.ts'
import { editionOf } from '../server/foundations/cases/edition.ts'
import { applyEvent, foldCase, unopened } from '../server/foundations/cases/fold.ts'
import { caseMigrations, createCases } from '../server/foundations/cases/index.ts'
import { migrate, openDatabase } from '../server/foundations/database/index.ts'
import {
  listRulebooks,
  loadRulebook,
  officialCalendar,
  procedureOf,
  type Rulebook,
} from '../server/foundations/rulebook/index.ts'
import type { BenchRow } from './bench.types.ts'

const law = new URL('../law/', import.meta.url)
const acts = 4_000
const events = 1_000
const targetActsPerSecond = 2_000
const targetOpenMs = 20

const provider = { userId: 'wang', organisationId: 'provider', name: '示例经办人' }
const entry = {
  providerId: 'provider',
  published: true,
  fieldNames: ['名称'],
  fits: () => true,
  typeOf: () => 'text',
}
const nameable = {
  fieldNames: entry.fieldNames,
  fits: () => true,
  typeOf: () => 'text',
  isOrganisation: () => true,
  providers: new Map(),
}
const at = new Date('2026-03-02T02:00:00.000Z')

/** Reading, deciding and folding of cases: in memory, and opened from the embedded store with its projection. */
export async function engineBench(): Promise<BenchRow[]> {
  const { folder } = listRulebooks(law).find(({ id }) => id === 'suzhou-2022')!
  const rulebook = await loadRulebook(folder)
  return [decided(rulebook), await opened(rulebook)]
}

/** Each act is decided on a case that is folded from its whole history first, as the store gives it. */
function decided(rulebook: Rulebook): BenchRow {
  const procedure = procedureOf(rulebook, 'catalogue-entry')!
  const edition = editionOf(rulebook, procedure)
  const calendar = officialCalendar()
  const header = headerIn(rulebook)
  const decide = (state: CaseState, act: string, content: Record<string, unknown>): readonly CaseEvent[] => {
    const situation = { edition, state, actor: provider, now: at, calendar }
    const verdict = decideAct(situation, { act, content, version: state.version }, nameable)
    if (!verdict.ok) throw new Error(`${act}: ${verdict.refusal.code}`)
    return verdict.value
  }
  const begin = performance.now()
  let done = 0
  while (done < acts) {
    // A case of ten acts, such as an office sees: a draft, its publication, and changes of it.
    let history: readonly CaseEvent[] = decide(unopened(header), 'draft', {})
    for (const act of ['publish', ...Array.from({ length: 8 }, () => 'publish-change')]) {
      const content = act === 'publish' ? {} : { note: '按业务变化调整' }
      history = [...history, ...decide(foldCase(procedure, header, history), act, content)]
    }
    history.reduce((state, event) => applyEvent(procedure, state, event), unopened(header))
    done += history.length
  }
  const perSecond = Math.round((done / (performance.now() - begin)) * 1000)
  return {
    name: 'acts folded and decided in memory',
    value: perSecond,
    unit: 'acts/s',
    target: `>= ${targetActsPerSecond}`,
    met: perSecond >= targetActsPerSecond,
  }
}

/** A case with a long history, read by one of its parties with everything that party may do now. */
async function opened(rulebook: Rulebook): Promise<BenchRow> {
  const folder = mkdtempSync(join(tmpdir(), 'tiaoli-bench-'))
  const database = await openDatabase({ kind: 'embedded', folder: join(folder, 'database') })
  try {
    await migrate(database, [caseMigrations])
    const cases = createCases({
      database,
      rulebook,
      calendar: officialCalendar(),
      clock: { now: () => at },
      onAct: async () => {},
      organisationsWithRole: async () => ['provider'],
      isOrganisation: () => true,
      entryFacts: async () => entry,
    })
    const draft = await cases.open({
      procedure: 'catalogue-entry',
      entryId: 'entry-1',
      actor: provider,
      content: {},
    })
    if (!draft.ok) throw new Error(draft.refusal.code)
    const { id } = draft.value
    await database.inTransaction(async (tx) => {
      for (let version = 1; version < events; version++) {
        const act = version === 1 ? 'publish' : 'publish-change'
        const content = version === 1 ? {} : { note: '按业务变化调整' }
        const done = await cases.act({ caseId: id, act, actor: provider, content, version, tx })
        if (!done.ok) throw new Error(done.refusal.code)
      }
    })
    const times: number[] = []
    for (let run = 0; run < 50; run++) {
      const begin = performance.now()
      const view = await cases.get(id, provider)
      if (view?.state.version !== events) throw new Error(`the case has ${view?.state.version} events`)
      times.push(performance.now() - begin)
    }
    const p95 = times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)]!
    return {
      name: `opening a case with ${events} events, p95, embedded store`,
      value: Math.round(p95 * 10) / 10,
      unit: 'ms',
      target: `< ${targetOpenMs}`,
      met: p95 < targetOpenMs,
    }
  } finally {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const headerIn = (rulebook: Rulebook) => ({
  id: 'case-1',
  number: 'number-1',
  procedure: 'catalogue-entry',
  rulebookId: rulebook.id,
  rulebookVersion: rulebook.version,
  entryId: 'entry-1',
  subject: null,
  parties: { provider: { organisationId: 'provider', userId: null } },
  openedAt: at.toISOString(),
})

if (import.meta.main) console.table(await engineBench())
