import { createHash } from 'node:crypto'
import { ConfigError, keptSecret } from './config.ts'
import type { ObjectStore } from './foundations/objects/index.ts'

/** Secrets of the data folder that all nodes of an installation have in common. */
const names = [
  'session-secret',
  'second-factor-secret',
  'sign-on-secret',
  'registration-secret',
  'message-secret',
  'connection-secret',
  'pseudonym-secret',
] as const

const place = 'secrets.sha256'

/**
 * Nodes with a disk of their own have the same secrets: else a session of one would be none at the other, and what one
 * sealed could not be opened. The first node leaves a digest of its own in the storage; who has others does not start.
 *
 * @throws ConfigError
 */
export async function requireSameSecrets(objects: ObjectStore, dataFolder: string): Promise<void> {
  const secrets: string[] = []
  for (const name of names) secrets.push(await keptSecret(dataFolder, name))
  const own = createHash('sha256').update(secrets.join('\n')).digest('hex')
  if ((await objects.read(place)) === null) await objects.write(place, Buffer.from(own))
  if ((await objects.read(place))?.toString() !== own)
    throw new ConfigError(
      `TIAOLI_DATA: the secrets in ${dataFolder} are not those of the node that began with this TIAOLI_STORAGE; copy its files *-secret, index-*key.pem and witness-key.pem before the first start`,
    )
}
