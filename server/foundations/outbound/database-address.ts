import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { AddressGuard } from './address-guard.ts'
import { OutboundError } from './outbound-error.ts'

const dialects: Readonly<Record<string, 'postgresql' | 'mysql'>> = {
  'postgresql:': 'postgresql',
  'postgres:': 'postgresql',
  'mysql:': 'mysql',
  'mariadb:': 'mysql',
}

/** Which databases the platform speaks to; undefined for any other address. */
export const dialectOf = (url: URL): 'postgresql' | 'mysql' | undefined => dialects[url.protocol]

export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '')

export const isEncrypted = (url: URL): boolean => url.searchParams.get('sslmode') === 'verify-full'

export const databaseOf = (url: URL): string => decodeURIComponent(url.pathname.slice(1))

/** Whether an address that is no name would be read without TLS outside the ranges that are opened. */
export const isBareAddress = (url: URL, guard: AddressGuard): boolean =>
  !isEncrypted(url) && isClosedLiteral(url, guard)

/** Whether an address is no name and lies outside the ranges that the administrator opened. */
export function isClosedLiteral(url: URL, guard: AddressGuard): boolean {
  const host = hostOf(url)
  return isIP(host) !== 0 && !guard.isOpened(host)
}

/**
 * The address of the network to call: the one that was looked at, so that a name cannot change in between.
 *
 * @throws OutboundError
 */
export async function addressOf(url: URL, guard: AddressGuard, encrypted: boolean): Promise<string> {
  const host = hostOf(url)
  const found =
    isIP(host) === 0
      ? await lookup(host, { all: true }).catch((cause: unknown) => {
          throw new OutboundError('unreachable', undefined, cause)
        })
      : [{ address: host }]
  const [first] = found
  if (first === undefined || !found.every(({ address }) => guard(address)))
    throw new OutboundError('address-not-allowed')
  if (!encrypted && !found.every(({ address }) => guard.isOpened(address)))
    throw new OutboundError('not-encrypted')
  return first.address
}
