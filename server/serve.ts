import { fileURLToPath } from 'node:url'
import { compose, type House } from './compose.ts'
import { type Config, ConfigError } from './config.ts'
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

/** Composes the house, fills it if asked to, and opens its doors. */
export async function serve(
  config: Config,
  prepare?: (house: House) => Promise<void>,
): Promise<House & { readonly address: string }> {
  const house = await compose(config, await rulebookOf(config.city))
  await house.start()
  await prepare?.(house)
  const address = await house.app.listen({ host: config.host, port: config.port })
  return { ...house, address }
}
