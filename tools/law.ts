import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { civilDateOf } from '@tiaoli/kernel/instants'
import { type CoverageRecord, coverageOf } from '@tiaoli/server/foundations/rulebook/coverage'
import { reportFile, tagFaults } from './law/check-law.ts'
import { placesOf, type Register, readRegisters, root } from './law/registers.ts'
import { type CityCoverage, coverageReport, coverageTable, inTarget } from './law/report.ts'
import { type Run, readRun } from './law/results.ts'
import { readTags, scenarioFiles } from './law/tags.ts'

/*
 * `npm run law`: which obligations are proven, built, tracked or open, from the tags of the scenarios and what the
 * last run of the tests has left. `--run` runs the scenarios of the regulations first. Only a complete run is
 * recorded (`law/<city>-<year>/coverage.json`, `docs/law-coverage.md`); `--print` records nothing in any case.
 */
const base = fileURLToPath(root)
const options = new Set(process.argv.slice(2))
const unknown = [...options].filter((option) => !['--run', '--print'].includes(option))
if (unknown.length > 0) {
  console.error(`unknown option ${unknown.join(' ')}; there are --run and --print`)
  process.exit(1)
}

const registers = readRegisters()
const scenarios = scenarioFiles(
  base,
  registers.map(({ id }) => id),
)
const faults = tagFaults(registers, readTags(base, scenarios))
for (const fault of faults) console.error(fault)

const resultsFile = 'artefacts/test-results.json'
if (options.has('--run')) runScenarios()
const run = readRun(
  base,
  resultsFile,
  scenarios.map(({ file }) => file),
)
const cities = registers.map((register) => coverageNow(register, run))
console.log(coverageTable(cities))

const wanted = cities.flatMap(({ coverage }) => coverage.filter(inTarget))
const missing = wanted.filter(({ state }) => state !== 'proven')
console.log(`\nfunctions and rules to prove first: ${wanted.length - missing.length} of ${wanted.length}`)
for (const { id, coverage } of cities) {
  const ids = coverage.filter((each) => missing.includes(each)).map(({ obligation }) => obligation.id)
  if (ids.length > 0) console.log(`  not proven, ${id}: ${ids.join(' ')}`)
}
if (run !== undefined && run.failed.length > 0)
  console.log(`\nnot counted, since a scenario failed or was skipped: ${run.failed.join(' ')}`)

if (run === undefined)
  console.log(`\nno results in ${resultsFile}: run "npm test", or "npm run law -- --run"`)
else if (run.missing.length > 0)
  console.log(
    `\nnot recorded: ${run.missing.length} of ${scenarios.length} scenario files were not in the run or changed after it:\n  ${run.missing.join('\n  ')}`,
  )
else if (!options.has('--print')) record(run)
if (faults.length > 0) process.exitCode = 1

function runScenarios(): void {
  const vitest = join(base, 'node_modules', 'vitest', 'vitest.mjs')
  const folders = registers.map(({ id }) => `scenarios/${id}/`)
  spawnSync(process.execPath, [vitest, 'run', ...folders], { cwd: base, stdio: 'inherit' })
}

/** What this run proves of one city's register, and what was built for the rest. */
function coverageNow(register: Register, found: Run | undefined): CityCoverage {
  const record = recordOf(register, found)
  return { id: register.id, ranOn: record.ranOn, coverage: coverageOf(register.obligations, record) }
}

function recordOf(register: Register, found: Run | undefined): CoverageRecord {
  const ids = new Set(register.obligations.map(({ id }) => id))
  return {
    ranOn: found === undefined ? '' : civilDateOf(found.startedAt),
    proofs: Object.fromEntries(
      [...(found?.proofs ?? [])]
        .filter(([id]) => ids.has(id))
        .map(([id, proofs]): [string, CoverageRecord['proofs'][string]] => [
          id,
          proofs.filter(({ file }) => file.startsWith(`scenarios/${register.id}/`)),
        ])
        .filter(([, proofs]) => proofs.length > 0)
        .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })),
    ),
    places: placesOf(register),
  }
}

function record(found: Run): void {
  for (const register of registers)
    writeFileSync(
      new URL('coverage.json', register.folder),
      `${JSON.stringify(recordOf(register, found), null, 1)}\n`,
    )
  writeFileSync(new URL(reportFile, root), coverageReport(cities))
  console.log(`\nrecorded in law/<city>-<year>/coverage.json and ${reportFile}`)
}
