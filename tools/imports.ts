import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

export type Import = {
  readonly from: string
  readonly to: string
  readonly file: string
  readonly typeOnly: boolean
}

const skipped = new Set(['node_modules', 'dist', 'artefacts', '.git'])
const statement =
  /^(?:import|export)\s+(type\s+)?[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|await import\('([^']+)'\)/gm

/** Every import between files of the project, by path from `root`; packages from outside are left out. */
export function readImports(root: string, folders: readonly string[]): Import[] {
  return folders
    .flatMap((folder) => [...sourceFiles(join(root, folder))])
    .flatMap((file) => {
      const source = readFileSync(file, 'utf8')
      return [...source.matchAll(statement)].flatMap((match) => {
        const target = resolveImport(root, file, match[2] ?? match[3] ?? match[4]!)
        return target === undefined
          ? []
          : [
              {
                from: relative(root, file),
                to: relative(root, target),
                file: relative(root, file),
                typeOnly: match[1] !== undefined,
              },
            ]
      })
    })
}

function resolveImport(root: string, file: string, name: string): string | undefined {
  if (name.startsWith('.')) return resolve(dirname(file), name)
  const own = /^@tiaoli\/(\w+)\/(.+)$/.exec(name)
  return own ? join(root, own[1]!, `${own[2]}.ts`) : undefined
}

function* sourceFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && !skipped.has(entry.name)) yield* sourceFiles(path)
    else if (entry.isFile() && /\.tsx?$/.test(entry.name)) yield path
  }
}
