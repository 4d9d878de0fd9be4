import { fileURLToPath } from 'node:url'
import { ConfigError } from './config.ts'
import { listRulebooks, loadRulebook, type Rulebook } from './foundations/rulebook/index.ts'

const lawFolder = new URL('../law/', import.meta.url)

/** The newest rulebook of a city; throws `ConfigError` with those that are there. */
export async function rulebookOf(city: string): Promise<Rulebook> {
  const rulebooks = await listRulebooks(lawFolder)
  const newest = rulebooks
    .filter(({ id }) => id === city || id.startsWith(`${city}-`))
    .sort((one, other) => one.id.localeCompare(other.id))
    .at(-1)
  if (newest === undefined)
    throw new ConfigError(
      `TIAOLI_CITY=${city}: there is no such rulebook in ${fileURLToPath(lawFolder)}, only ${rulebooks.map(({ id }) => id).join(', ')}`,
    )
  return loadRulebook(newest.folder)
}
