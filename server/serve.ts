import { compose, type House } from './compose.ts'
import type { Config } from './config.ts'
import { rulebookOf } from './rulebook-of.ts'

export { rulebookOf }

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
