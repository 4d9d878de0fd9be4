import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findPostgres } from './postgres.ts'

const mariadb = '/usr/sbin/mariadbd'
const mosquitto = '/usr/sbin/mosquitto'

/** Why a server that tests speak to is not to be had; undefined where it is. */
export const whyNoMariadb = (): string | undefined =>
  existsSync(mariadb) ? undefined : 'MariaDB is not installed (apt-get install mariadb-server-core)'
export const whyNoMosquitto = (): string | undefined =>
  existsSync(mosquitto) ? undefined : 'Mosquitto is not installed (apt-get install mosquitto)'

/** Installs what tests speak to from Debian's packages, all in one go; what cannot be had is told by those who ask. */
export function installTestServers(): void {
  const missing = [
    ...(findPostgres() === undefined ? ['postgresql'] : []),
    ...(existsSync(mariadb) ? [] : ['mariadb-server-core']),
    ...(existsSync(mosquitto) ? [] : ['mosquitto']),
  ]
  if (missing.length === 0) return
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'ignore' })
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
      stdio: 'ignore',
    })
  } catch {
    // Not allowed here, or no network: PostgreSQL is then asked for by name, the others are told as absent.
  }
}
