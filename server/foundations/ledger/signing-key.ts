import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Ed25519 for logs, indexes and witnesses; SM2 where the city needs commercial cryptography. */
export type SigningKeyKind = 'ed25519' | 'sm2'

/**
 * A private key, kept in a file that only its owner may read; made at the first start. The file is linked into place
 * when whole, so that of two nodes starting together both end with the same key.
 */
export async function openSigningKey(file: string, kind: SigningKeyKind = 'ed25519'): Promise<KeyObject> {
  const found = await readKey(file)
  if (found !== undefined) return found
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.tmp`
  await rm(draft, { force: true })
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(newKey(kind).export({ type: 'pkcs8', format: 'pem' }))
    await handle.sync()
  } finally {
    await handle.close()
  }
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(draft, { force: true })
  return (await readKey(file))!
}

const newKey = (kind: SigningKeyKind): KeyObject =>
  (kind === 'sm2' ? generateKeyPairSync('ec', { namedCurve: 'SM2' }) : generateKeyPairSync('ed25519'))
    .privateKey

async function readKey(file: string): Promise<KeyObject | undefined> {
  try {
    return createPrivateKey(await readFile(file))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
