import { fileURLToPath } from 'node:url'
import { coverageOf } from '@tiaoli/server/foundations/rulebook/coverage'
import { placesOf, type Register, readRecord, readRegisters, root } from './registers.ts'
import type { CityCoverage } from './report.ts'
import { readTags, scenarioFiles, type Tag } from './tags.ts'

export const reportFile = 'docs/law-coverage.md'

/** Every city with what was recorded of it. */
export const recordedCoverage = (registers: readonly Register[]): CityCoverage[] =>
  registers.map(({ id, folder, obligations }) => {
    const record = readRecord(folder)
    return { id, ranOn: record.ranOn, coverage: coverageOf(obligations, record) }
  })

/**
 * What can be said without running anything: tags name obligations of their own city, and every proof and place
 * that a record claims still stands where it says. What was added since is not asked for: a scenario counts once a
 * complete run has recorded it.
 */
export function checkLaw(): string[] {
  const registers = readRegisters()
  const base = fileURLToPath(root)
  const tags = readTags(
    base,
    scenarioFiles(
      base,
      registers.map(({ id }) => id),
    ),
  )
  return [...tagFaults(registers, tags), ...registers.flatMap((register) => staleClaims(register, tags))]
}

/** A tag that names nothing, or another city's obligation. */
export function tagFaults(registers: readonly Register[], tags: readonly Tag[]): string[] {
  const known = new Map(
    registers.map(({ id, obligations }) => [id, new Set(obligations.map((each) => each.id))]),
  )
  return tags
    .filter(({ id, folder }) => !known.get(folder)?.has(id))
    .map(({ id, folder, file }) => `${file}: [${id}] is no obligation of ${folder}`)
}

function staleClaims(register: Register, tags: readonly Tag[]): string[] {
  const record = readRecord(register.folder)
  const ids = new Set(register.obligations.map((each) => each.id))
  const places = placesOf(register)
  const stale = (id: string, what: string) =>
    `law/${register.id}/coverage.json: ${id} ${what}: run "npm run law" after a complete run of the tests`
  return [
    ...Object.keys({ ...record.proofs, ...record.places })
      .filter((id) => !ids.has(id))
      .map((id) => stale(id, 'is no obligation of the register')),
    ...Object.entries(record.proofs).flatMap(([id, proofs]) =>
      proofs
        .filter(({ file }) => !tags.some((tag) => tag.id === id && tag.file === file))
        .map(({ file }) => stale(id, `is no longer named in ${file}`)),
    ),
    ...Object.keys(record.places)
      .filter((id) => places[id] === undefined)
      .map((id) => stale(id, 'is no longer named by rulebook, procedures or contract')),
  ]
}
