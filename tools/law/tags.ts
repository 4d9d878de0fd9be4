import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

const tag = /\[([A-Z]{2,8}-\d[\d.()]*(?:-[a-z])?)\]/g

/** The obligations that a title claims to prove: `[CQ-26.2-a] [CQ-28.2-a] the date passes in silence`. */
export const tagsIn = (title: string): string[] => [...title.matchAll(tag)].map((match) => match[1]!)

/** A title without its tags. */
export const untagged = (title: string): string => title.replace(tag, '').replace(/\s+/g, ' ').trim()

export type Tag = { readonly id: string; readonly folder: string; readonly file: string }

/** The scenario files of the regulations, `scenarios/<city>-<year>/…test.ts`, by path from `root`. */
export function scenarioFiles(root: string, folders: readonly string[]): { folder: string; file: string }[] {
  const present = new Set(readdirSync(join(root, 'scenarios')))
  return folders
    .filter((folder) => present.has(folder))
    .flatMap((folder) =>
      readdirSync(join(root, 'scenarios', folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.test.ts'))
        .sort()
        .map((name) => ({ folder, file: join('scenarios', folder, name) })),
    )
}

/** Every tag in the sources of those files. */
export function readTags(root: string, files: readonly { folder: string; file: string }[]): Tag[] {
  return files.flatMap(({ folder, file }) =>
    tagsIn(readFileSync(join(root, file), 'utf8')).map((id) => ({ id, folder, file })),
  )
}

/** Path from `root`, with forward slashes. */
export const fromRoot = (root: string, path: string): string => relative(root, path).replaceAll('\\', '/')
