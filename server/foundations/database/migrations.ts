import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Database } from './database.ts'

/** A room's migrations: the room's name and the folder of its numbered SQL files (`0001-entries.sql`). */
export type MigrationSource = { readonly room: string; readonly folder: URL }

/**
 * Brings the database up to the code: runs, in the order of the sources and of the file names, each file that has
 * not run here. A file that has changed since it ran, or a record of a file that is gone, stops the start: what
 * was applied is history and is amended by a new file.
 */
export async function migrate(database: Database, sources: readonly MigrationSource[]): Promise<string[]> {
  return database.exclusively('tiaoli.migrations', async () => {
    await database.script(
      'create table if not exists migration (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
    )
    const rows = await sql<{ name: string; sha256: string }>`select name, sha256 from migration`.execute(
      database.db,
    )
    const applied = new Map(rows.rows.map((row) => [row.name, row.sha256]))
    const files = await filesOf(sources)
    const known = new Set(files.map((file) => file.name))
    for (const name of applied.keys())
      if (!known.has(name)) throw new Error(`migration ${name} was applied here but is not in this version`)
    const done: string[] = []
    for (const file of files) {
      const before = applied.get(file.name)
      if (before === file.sha256) continue
      if (before !== undefined) throw new Error(`migration ${file.name} has changed since it was applied`)
      await database.script(
        `begin;\n${file.text}\n;insert into migration (name, sha256) values ('${file.name}', '${file.sha256}');\ncommit;`,
      )
      done.push(file.name)
    }
    return done
  })
}

async function filesOf(sources: readonly MigrationSource[]) {
  const files: { name: string; text: string; sha256: string }[] = []
  for (const source of sources) {
    const names = (await readdir(source.folder)).filter((name) => name.endsWith('.sql')).sort()
    for (const name of names) {
      const text = await readFile(new URL(name, source.folder), 'utf8')
      files.push({
        name: `${source.room}/${name}`,
        text,
        sha256: createHash('sha256').update(text).digest('hex'),
      })
    }
  }
  return files
}
