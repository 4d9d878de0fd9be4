import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { routes } from '@tiaoli/contract/index'
import { type CoverageRecord, citations, coverageRecord } from '@tiaoli/server/foundations/rulebook/coverage'
import { listRegisters, loadObligations, type Obligation } from '@tiaoli/server/foundations/rulebook/index'
import { parse } from 'yaml'

/** One regulation as the tools see it. */
export type Register = {
  readonly id: string
  readonly folder: URL
  readonly obligations: readonly Obligation[]
}

export const root = new URL('../../', import.meta.url)

export function readRegisters(): Register[] {
  return listRegisters(new URL('law/', root)).map(({ id, folder }) => ({
    id,
    folder,
    obligations: loadObligations(folder),
  }))
}

/** Files that say what the text orders; the others say what the software does about it. */
const describing = new Set(['obligations.yaml', 'articles.yaml'])

/** Where rulebook, procedures and contract name an obligation: what was built for it. */
export function placesOf({ id, folder, obligations }: Register): Record<string, string[]> {
  const ids = new Set(obligations.map((each) => each.id))
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml') && !describing.has(name))
    .sort()
  const found = [
    ...files.flatMap((file) =>
      citations(`law/${id}/${file}`, parse(readFileSync(new URL(file, folder), 'utf8')), ids),
    ),
    ...routes.flatMap((route) =>
      (route.articles ?? [])
        .filter((each) => ids.has(each))
        .map((each) => [each, `${route.method} ${route.path}`] as const),
    ),
  ]
  return Object.fromEntries(
    Object.entries(grouped(found)).sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true })),
  )
}

export function grouped<T>(pairs: readonly (readonly [string, T])[]): Record<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const [key, value] of pairs) {
    const group = groups.get(key) ?? []
    if (!group.includes(value)) group.push(value)
    groups.set(key, group)
  }
  return Object.fromEntries(groups)
}

/** What the last complete run found; nothing where none was recorded. */
export function readRecord(folder: URL): CoverageRecord {
  const file = new URL('coverage.json', folder)
  if (!existsSync(file)) return { ranOn: '', proofs: {}, places: {} }
  return coverageRecord.parse(JSON.parse(readFileSync(file, 'utf8')))
}
