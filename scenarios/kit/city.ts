import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { adjustableClock } from '@tiaoli/kernel/instants'
import { compose } from '@tiaoli/server/compose'
import { readConfig } from '@tiaoli/server/config'
import {
  createFreshDatabase,
  dropFreshDatabase,
  houseTemplate,
  inMemory,
} from '@tiaoli/server/foundations/database/fresh-database'
import type { Organisation, Power } from '@tiaoli/server/foundations/identity/index'
import type { Rulebook } from '@tiaoli/server/foundations/rulebook/index'
import type { House } from '@tiaoli/server/house'
import { rulebookOf } from '@tiaoli/server/serve'
import { type Caller, callerOf } from './caller.ts'
import { syntheticCreditCode } from './synthetic.ts'

/**
 * A small city in one process, for scenarios: the house as it is composed for real, on a fresh store, spoken to over
 * HTTP only, with a clock that the scenario sets.
 */
export type City = {
  readonly house: House
  readonly dataFolder: string
  /** Sets the city's time to an instant; it stands still there. */
  at(instant: string): void
  /** Does what is due at the set time: clocks that have passed, files that were uploaded, records to be put in order. */
  settle(): Promise<void>
  /** Someone without an account. */
  readonly visitor: Caller
  readonly authority: Caller
  /** Data steward of the provider (market regulation). */
  readonly steward: Caller
  /** Officer of a department that needs data (civil affairs). */
  readonly user: Caller
  /** Officer of a third department. */
  readonly other: Caller
  readonly citizen: Caller
  /** A new session of one of the people above, by the name of their part; `hospital`, `district` (a bureau of a district) and `company` too, `agency` and `government` where its rulebook has them. */
  signIn(username: string): Promise<Caller>
  close(): Promise<void>
}

export const cityPassword = 'synthetic-password'

export type StoreKind = 'embedded' | 'server'

/** The stores on which a scenario can be run here, for `describe.each`. */
export const storesAtHand: readonly StoreKind[] = houseTemplate() ? ['embedded', 'server'] : ['embedded']

export type CityOptions = {
  /**
   * Which store the city stands on; without it a PostgreSQL server where the run has one, which opens in less than half the
   * time, else the embedded one. `TEST_STORE` chooses for a whole run.
   */
  readonly store?: StoreKind
  /** A database of one's own instead; it is left as it is. */
  readonly databaseUrl?: string
  readonly maxUploadMb?: number
  /** Multiplies what callers may take in a minute; without it nothing is limited. */
  readonly limitFactor?: number
  /** Ranges of addresses in which registered systems may lie. */
  readonly reachable?: string
  /** Ranges of addresses to which messages may be sent. */
  readonly reachableByMessages?: string
  /** Ranges of addresses in which identity providers may lie. */
  readonly reachableBySignOn?: string
  readonly realNameUrl?: string
  /** Address of a mail server, such as `smtp://127.0.0.1:2525`. */
  readonly mailServer?: string
  /** What else the installation is told: variables by name. */
  readonly environment?: Readonly<Record<string, string>>
  /** Keeps everything, the store too, in this folder after the city is closed. */
  readonly dataFolder?: string
}

/** Rulebooks are read once for the files that a worker runs: they do not change. */
const rulebooks = new Map<string, Promise<Rulebook>>()

function read(city: string): Promise<Rulebook> {
  const rulebook = rulebooks.get(city) ?? rulebookOf(city)
  rulebooks.set(city, rulebook)
  return rulebook
}

const storeOf = ({ store }: CityOptions): StoreKind =>
  store ?? (process.env.TEST_STORE === 'embedded' ? 'embedded' : 'server')

export async function openCity(city: string, options: CityOptions = {}): Promise<City> {
  const kept = options.dataFolder
  const folder = kept ?? (await mkdtemp(join(tmpdir(), 'tiaoli-city-')))
  const clock = adjustableClock()
  const template =
    options.databaseUrl || kept || storeOf(options) === 'embedded' ? undefined : houseTemplate()
  const fresh = template && (await createFreshDatabase(template.serverUrl, template.name))
  const told = readConfig({
    TIAOLI_TEST: '1',
    TIAOLI_DATA: folder,
    TIAOLI_CITY: city,
    DATABASE_URL: options.databaseUrl ?? fresh,
    TIAOLI_MAX_UPLOAD_MB: options.maxUploadMb?.toString(),
    TIAOLI_LIMIT_FACTOR: String(options.limitFactor ?? 0),
    TIAOLI_REACHABLE: options.reachable,
    TIAOLI_REACHABLE_MESSAGES: options.reachableByMessages,
    TIAOLI_REACHABLE_SIGN_ON: options.reachableBySignOn,
    TIAOLI_SMTP_URL: options.mailServer,
    TIAOLI_MAIL_FROM: options.mailServer && 'platform@mail.invalid',
    TIAOLI_PUBLIC_URL: 'https://data.city.invalid',
    TIAOLI_REAL_NAME_URL: options.realNameUrl,
    ...options.environment,
  })
  const house = await compose(
    { ...told, clock, database: options.databaseUrl || fresh || kept ? told.database : inMemory('tables') },
    await read(city),
  )
  const member = async (
    username: string,
    organisationId: string | null,
    powers: Power[],
  ): Promise<Caller> => {
    await house.identity.createUser({
      username,
      name: `示例${username}`,
      password: cityPassword,
      organisationId,
      powers,
    })
    return callerOf(house, { username, password: cityPassword })
  }
  const roles = house.rulebook.roles.map((role) => role.key)
  await organisation(
    'authority',
    '示例数据主管部门',
    'authority',
    roles.filter((role) => role.startsWith('authority') && !/-(?:district|own-level)$/.test(role)),
  )
  await organisation('market', '示例市场监督管理局', 'department', ['department'])
  await organisation('civil', '示例民政局', 'department', ['department'])
  await organisation('health', '示例卫生健康委员会', 'department', ['department'])
  // Bodies that only some regulations give a part: who signs in is called as the body.
  for (const { id, name, role } of [
    { id: 'agency', name: '示例公共数据资源管理中心', role: 'management-agency' },
    { id: 'government', name: '示例市人民政府', role: 'government-municipal' },
    { id: 'centre', name: '示例市大数据中心', role: 'big-data-centre' },
  ])
    if (roles.includes(role)) {
      await organisation(id, name, 'department', [role])
      await member(id, id, ['officer'])
    }
  /** Bodies that few scenarios need are founded when their member signs in for the first time. */
  const onDemand = new Map([
    [
      'hospital',
      async () => {
        await organisation('hospital', '示例第一医院', 'public-service', ['public-service-organisation'])
        return member('hospital', 'hospital', ['requester', 'steward'])
      },
    ],
    [
      'district',
      async () => {
        await organisation('district', '示例区城市管理局', 'department', ['department'], 'district')
        return member('district', 'district', ['requester', 'steward'])
      },
    ],
    [
      'company',
      async () => {
        await organisation('company', '示例数字科技有限公司', 'company', [])
        return member('company', 'company', ['requester'])
      },
    ],
  ])
  function signIn(username: string): Promise<Caller> {
    const found = onDemand.get(username)
    onDemand.delete(username)
    return found?.() ?? callerOf(house, { username, password: cityPassword })
  }
  await house.jobs.start()

  async function organisation(
    id: string,
    name: string,
    kind: Organisation['kind'],
    held: string[],
    level: Organisation['level'] = 'city',
  ) {
    const number = house.identity.organisations().length + 1
    await house.identity.createOrganisation({
      id,
      name: { zh: name, en: id },
      kind,
      level,
      creditCode: syntheticCreditCode(number),
      roles: held.filter((role) => roles.includes(role)),
      budgetFunded: true,
    })
  }

  return {
    house,
    dataFolder: folder,
    at: (instant) => clock.setTo(new Date(instant)),
    settle: async () => {
      await house.jobs.settle()
      await house.ledger.sequence()
    },
    visitor: callerOf(house),
    authority: await member('authority', 'authority', ['officer', 'supervisor']),
    steward: await member('steward', 'market', ['steward', 'requester']),
    user: await member('user', 'civil', ['requester', 'steward']),
    other: await member('other', 'health', ['requester', 'steward']),
    citizen: await member('citizen', null, []),
    signIn,
    async close() {
      await house.close()
      if (template && fresh) await dropFreshDatabase(template.serverUrl, fresh)
      if (kept === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}
