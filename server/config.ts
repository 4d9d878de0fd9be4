import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Clock, clockStartingAt, systemClock } from '@tiaoli/kernel/instants'
import { engineOf } from './engine.config.ts'
import type { DatabaseConfig } from './foundations/database/index.ts'
import type { MapTiles } from './foundations/http/index.ts'
import type { LakeConfig } from './foundations/lake/lake.types.ts'
import { type LedgerSettings, ledgerSettings } from './ledger.config.ts'
import { mapTilesOf } from './map-tiles.config.ts'
import { type StorageSettings, storageSettings } from './storage.config.ts'

/** Everything that an installation is told from outside, by environment variables only. */
export type Config = {
  readonly host: string
  readonly port: number
  /** Prefix of the folder under `law/`: `chongqing` means the newest `chongqing-<year>`. */
  readonly city: string
  readonly dataFolder: string
  readonly database: DatabaseConfig
  /** Whether an empty store is filled with the demo city. */
  readonly demo: boolean
  readonly demoPassword: string | undefined
  readonly clock: Clock
  readonly maxUploadBytes: number
  /** Ranges of the city's own network in which registered systems may lie; none but public addresses where empty. */
  readonly reachableRanges: readonly string[]
  /** Ranges of inner networks to which users may have messages sent; none but public addresses where empty. */
  readonly messageRanges: readonly string[]
  /** Ranges of inner networks in which identity providers may lie; none but public addresses where empty. */
  readonly signOnRanges: readonly string[]
  /** Ranges of inner networks in which catalogues that are read may lie; none but public addresses where empty. */
  readonly harvestRanges: readonly string[]
  /** The city's real-name service, and the token it asks for; only forms are checked where it is not told. */
  readonly realName: { readonly url: string; readonly token: string | undefined } | undefined
  /** Multiplies what callers of data may take in a minute; 0 sets no limit. */
  readonly limitFactor: number
  /** The least number of rows of a group of which an aggregate of guarded fields is given (a rule of the platform). */
  readonly smallestGroup: number
  /** The address under which users reach the platform, for links in what leaves it. */
  readonly publicUrl: string
  /** The mail server, with the address that mail is from; undefined where the installation sends none. */
  readonly mail: { readonly server: string; readonly from: string } | undefined
  /** The base map that maps of data stand on; a plain grid where the installation has none. */
  readonly mapTiles: MapTiles | undefined
  /** The engine that answers scans of large snapshots; DuckDB in the process where the installation has none. */
  readonly engine: LakeConfig['engine']
  readonly ledger: LedgerSettings
  /** Object storage for snapshots, files and logs; the data folder has them where there is none. */
  readonly storage: StorageSettings | undefined
  readonly testMode: boolean
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the environment; throws `ConfigError` with the name of the variable and the form that was expected. */
export function readConfig(environment: Environment): Config {
  const dataFolder = resolve(environment.TIAOLI_DATA ?? 'data')
  const testMode = environment.TIAOLI_TEST === '1'
  const url = environment.DATABASE_URL
  return {
    host: environment.HOST ?? '127.0.0.1',
    port: integer(environment, 'PORT', 8080, 0, 65_535),
    city: environment.TIAOLI_CITY ?? 'chongqing',
    dataFolder,
    database:
      url === undefined || url === ''
        ? { kind: 'embedded', folder: join(dataFolder, 'database') }
        : { kind: 'server', url },
    demo: (environment.TIAOLI_DEMO ?? (url ? '0' : '1')) === '1',
    demoPassword: environment.TIAOLI_DEMO_PASSWORD || undefined,
    clock: clockOf(environment.TIAOLI_CLOCK, testMode),
    maxUploadBytes: integer(environment, 'TIAOLI_MAX_UPLOAD_MB', 10_240, 1, 1_000_000) * 1024 * 1024,
    reachableRanges: ranges(environment.TIAOLI_REACHABLE),
    messageRanges: ranges(environment.TIAOLI_REACHABLE_MESSAGES),
    signOnRanges: ranges(environment.TIAOLI_REACHABLE_SIGN_ON),
    harvestRanges: ranges(environment.TIAOLI_REACHABLE_HARVEST),
    limitFactor: integer(environment, 'TIAOLI_LIMIT_FACTOR', 1, 0, 1_000_000),
    smallestGroup: integer(environment, 'TIAOLI_SMALLEST_GROUP', 5, 2, 1_000),
    realName: realNameOf(environment, testMode),
    publicUrl: publicUrlOf(environment),
    mail: mailOf(environment),
    mapTiles: asConfig(() => mapTilesOf(environment)),
    engine: asConfig(() => engineOf(environment)),
    ledger: asConfig(() => ledgerSettings(environment, testMode)),
    storage: asConfig(() => storageSettings(environment, testMode)),
    testMode,
  }
}

function asConfig<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw new ConfigError((cause as Error).message)
  }
}

function publicUrlOf(environment: Environment): string {
  const given = environment.TIAOLI_PUBLIC_URL
  if (!given) return `http://${environment.HOST ?? '127.0.0.1'}:${environment.PORT ?? '8080'}`
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol))
    throw new ConfigError('TIAOLI_PUBLIC_URL must be an address such as https://data.example.gov.cn')
  return given.replace(/\/+$/, '')
}

function mailOf(environment: Environment): Config['mail'] {
  const { TIAOLI_SMTP_URL: server, TIAOLI_MAIL_FROM: from } = environment
  if (!server) return undefined
  if (!URL.canParse(server) || !/^smtps?:$/.test(new URL(server).protocol))
    throw new ConfigError(
      'TIAOLI_SMTP_URL must be an address such as smtps://user:password@mail.example.gov.cn',
    )
  if (!from) throw new ConfigError('TIAOLI_MAIL_FROM must be the address that mail is from')
  return { server, from }
}

const ranges = (listed = ''): string[] =>
  listed
    .split(',')
    .map((range) => range.trim())
    .filter(Boolean)

/** Numbers of people go to it: over TLS, unless a test has it on this machine. */
function realNameOf(environment: Environment, testMode: boolean): Config['realName'] {
  const url = environment.TIAOLI_REAL_NAME_URL
  if (url === undefined || url === '') return undefined
  const { protocol } = URL.canParse(url) ? new URL(url) : { protocol: '' }
  if (protocol !== 'https:' && !(testMode && protocol === 'http:'))
    throw new ConfigError('TIAOLI_REAL_NAME_URL must be an address that begins with https://')
  return { url, token: environment.TIAOLI_REAL_NAME_TOKEN || undefined }
}

function clockOf(at: string | undefined, testMode: boolean): Clock {
  if (at === undefined || at === '') return systemClock
  if (!testMode) throw new ConfigError('TIAOLI_CLOCK is for tests: it is refused unless TIAOLI_TEST=1')
  const start = new Date(at)
  if (Number.isNaN(start.getTime()))
    throw new ConfigError('TIAOLI_CLOCK must be an instant such as 2026-09-28T01:00:00Z')
  return clockStartingAt(start)
}

function integer(
  environment: Environment,
  name: string,
  fallback: number,
  least: number,
  most: number,
): number {
  const value = environment[name]
  if (value === undefined || value === '') return fallback
  const number = Number(value)
  if (!Number.isInteger(number) || number < least || number > most)
    throw new ConfigError(`${name} must be a whole number from ${least} to ${most}`)
  return number
}

/**
 * A random secret that stays with the data of the installation. The file is linked into place when whole and on disk,
 * so that of two nodes starting together both end with the same secret, and none with an empty one.
 */
export async function keptSecret(dataFolder: string, name: string): Promise<string> {
  const file = join(dataFolder, name)
  await mkdir(dataFolder, { recursive: true })
  if (!existsSync(file)) {
    const draft = `${file}.${randomBytes(6).toString('hex')}.tmp`
    await writeFile(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx', flush: true })
    await link(draft, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    await rm(draft, { force: true })
  }
  const secret = (await readFile(file, 'utf8')).trim()
  if (secret.length < 32) throw new ConfigError(`${file} is damaged: a secret has 32 characters or more`)
  return secret
}
