import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { parse, YAMLParseError } from 'yaml'
import type { z } from 'zod'
import { checkObligations } from './check-obligations.ts'
import { type CoverageRecord, coverageRecord } from './coverage.ts'
import { crossCheck } from './cross-check.ts'
import { type Fault, RulebookError } from './faults.ts'
import { obligationsFile } from './obligation.schema.ts'
import type { Obligation } from './obligation.types.ts'
import { type RoomRules, roomFiles } from './rooms.schema.ts'
import { articlesFile, headFile, procedureFile, type RulebookFiles } from './rulebook.schema.ts'
import type { Procedure, Rulebook } from './rulebook.types.ts'

/**
 * Reads `law/<city>-<year>/`: `rulebook.yaml`, `articles.yaml`, `obligations.yaml` and every file of `procedures/`
 * and `rooms/`.
 * @throws RulebookError with every fault of every file, each with file, path, found value and expected form.
 */
export function loadRulebook(folder: URL): Rulebook {
  const base = asFolder(folder)
  const faults: Fault[] = []
  const head = readForm(base, 'rulebook.yaml', headFile, faults)
  const articles = readForm(base, 'articles.yaml', articlesFile, faults)
  const obligations = readForm(base, 'obligations.yaml', obligationsFile, faults)
  const procedures = procedureFilesOf(base).flatMap((file) => {
    const procedure = readForm(base, file, procedureFile, faults)
    return procedure === undefined ? [] : [{ file, procedure }]
  })
  const rooms = readRooms(base, faults)
  const coverage = readCoverage(base, faults)
  // Holding the files against each other needs all of them; what the procedures say among themselves does not.
  faults.push(...crossCheck({ head, articles, obligations, procedures, rooms }))
  if (faults.length > 0 || head === undefined || articles === undefined || obligations === undefined)
    throw new RulebookError(base.pathname, faults)
  return { ...assemble({ head, articles, obligations, procedures, rooms }), coverage }
}

/**
 * Reads `obligations.yaml` alone: what a regulation orders is known before anybody has written its rulebook.
 * @throws RulebookError with every fault of the file.
 */
export function loadObligations(folder: URL): readonly Obligation[] {
  const base = asFolder(folder)
  const faults: Fault[] = []
  const obligations = readForm(base, 'obligations.yaml', obligationsFile, faults)
  if (obligations === undefined) throw new RulebookError(base.pathname, faults)
  const repeats = checkObligations(obligations, { prefix: undefined, articles: undefined })
  if (repeats.length > 0) throw new RulebookError(base.pathname, repeats)
  return obligations
}

/** What the last complete run of the scenarios has proven; nothing where none was recorded. */
function readCoverage(base: URL, faults: Fault[]): CoverageRecord {
  const none = { ranOn: '', proofs: {}, places: {} }
  if (!existsSync(new URL('coverage.json', base))) return none
  return readForm(base, 'coverage.json', coverageRecord, faults) ?? none
}

export type LawFolder = { readonly id: string; readonly folder: URL }

/** The folders of `lawFolder` that hold a rulebook, by name. */
export const listRulebooks = (lawFolder: URL): readonly LawFolder[] => foldersWith(lawFolder, 'rulebook.yaml')

/** The folders of `lawFolder` that hold a register of obligations, by name. */
export const listRegisters = (lawFolder: URL): readonly LawFolder[] =>
  foldersWith(lawFolder, 'obligations.yaml')

function foldersWith(lawFolder: URL, file: string): readonly LawFolder[] {
  const base = asFolder(lawFolder)
  return readdirSync(base, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => ({ id: entry.name, folder: new URL(`${entry.name}/`, base) }))
    .filter(({ folder }) => existsSync(new URL(file, folder)))
    .sort((a, b) => a.id.localeCompare(b.id, 'en'))
}

const asFolder = (url: URL): URL => new URL(url.href.endsWith('/') ? url.href : `${url.href}/`)

const procedureFilesOf = (base: URL): string[] => filesIn(base, 'procedures')

function filesIn(base: URL, name: string): string[] {
  const folder = new URL(`${name}/`, base)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => `${name}/${file}`)
}

/** What the text orders of single rooms: a file for each room of which it orders anything. */
function readRooms(base: URL, faults: Fault[]): RoomRules {
  const rooms: Record<string, unknown> = {}
  for (const file of filesIn(base, 'rooms')) {
    const room = file.slice('rooms/'.length, -'.yaml'.length)
    if (Object.hasOwn(roomFiles, room))
      rooms[room] = readForm<unknown>(base, file, roomFiles[room as keyof typeof roomFiles], faults)
    else faults.push({ file, path: '', found: room, expected: `one of ${Object.keys(roomFiles).join(', ')}` })
  }
  return rooms as RoomRules
}

/** Reads one file into its form; adds what is wrong to `faults` and gives nothing where anything is. */
function readForm<T>(base: URL, file: string, form: z.ZodType<T>, faults: Fault[]): T | undefined {
  const url = new URL(file, base)
  if (!existsSync(url)) {
    faults.push({ file, path: '', found: undefined, expected: 'a file of this name' })
    return undefined
  }
  let value: unknown
  try {
    value = parse(readFileSync(url, 'utf8'))
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error
    faults.push({ file, path: '', found: error.message, expected: 'YAML 1.2' })
    return undefined
  }
  const result = form.safeParse(value)
  if (result.success) return result.data
  for (const issue of result.error.issues) {
    faults.push({
      file,
      path: issue.path.join('.'),
      found: valueAt(value, issue.path),
      expected: issue.message,
    })
  }
  return undefined
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, step) => (at as Record<PropertyKey, unknown> | undefined)?.[step], value)

function assemble({
  head,
  articles,
  obligations,
  procedures,
  rooms,
}: Required<RulebookFiles>): Omit<Rulebook, 'coverage'> {
  const ranks = head.catalogue.basisRanks.map((rank) => rank.key)
  const content = {
    ...head,
    articles: articles.map((article) => ({ id: `${head.prefix}-${article.number}`, ...article })),
    procedures: procedures.map(({ procedure }) => withRanks(procedure, ranks)),
    rooms,
  }
  // The register only describes: putting a summary in better words amends nothing that a case rests on.
  return { ...content, obligations, version: `${head.version}+${digestOf(content)}` }
}

/** A basis whose rank the text leaves open may have any rank that the rulebook knows. */
function withRanks(procedure: Procedure, ranks: readonly string[]): Procedure {
  return {
    ...procedure,
    acts: procedure.acts.map((act) => ({
      ...act,
      content: act.content.map((field) =>
        field.kind === 'basis' ? { ...field, ranks: field.ranks ?? ranks } : field,
      ),
    })),
  }
}

/** Twelve hex digits that change with every value and with nothing else: order of keys and layout do not count. */
const digestOf = (content: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(canonical(content)))
    .digest('hex')
    .slice(0, 12)

/** The same value with the keys of every object in order. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  )
}
