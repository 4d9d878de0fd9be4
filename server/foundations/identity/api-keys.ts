import { createHash, randomBytes } from 'node:crypto'
import { newId } from '@tiaoli/kernel/ids'
import { addDays, type CivilDate, type Clock, civilDateOf, endOfCivilDate } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Database, Tx } from '../database/index.ts'
import { Problem } from '../problems/index.ts'
import type { AccountEvents, Origin } from './account-events.ts'
import { countedAs, isAddressRange, isWithin } from './addresses.ts'
import {
  type ApiKeyRow,
  findApiKeyByDigest,
  findApiKeyById,
  findApiKeys,
  insertApiKey,
  rebindApiKeys,
  revokeApiKey,
  touchApiKeys,
} from './api-keys.store.ts'
import { createAttemptLimit } from './attempt-limit.ts'
import { mayAct, type Session, type User } from './identity.model.ts'
import { findUser } from './identity.store.ts'

/** Somebody used a key from an address that is none of its system's. */
export type ForeignUse = {
  readonly user: User
  readonly grantId: string | null
  readonly system: string | null
  readonly address: string
}

export type NewApiKey = {
  readonly name: string
  readonly grantId?: string | undefined
  readonly expiresOn?: CivilDate | undefined
  readonly system?: string | undefined
  readonly addresses?: readonly string[] | undefined
  readonly entryIds?: readonly string[] | undefined
}

export type ApiKeysDeps = {
  readonly database: Database
  readonly clock: Clock
  readonly events: AccountEvents
  readonly onForeignUse: ((use: ForeignUse) => Promise<void>) | undefined
  /** Whether the installation asks more of the user than a key can give. */
  readonly asksMore: (user: User) => Promise<boolean>
  /** Files the warning that a key is about to end, in the transaction that makes the key. */
  readonly warnAt: (tx: Tx, keyId: string, at: Date) => Promise<void>
}

/** Tells the owner of a key that it is about to end; its subject is the key's id. */
export const keyEndingJob = 'identity.key-ending'
const keyPrefix = 'tlk_'
/** What another node changed (a key revoked, a role taken away) holds on this one within this time. */
const knownForMs = 1000
const keysKept = 10_000
/** A rule of the platform, not of the law: a key that is forgotten somewhere ends by itself. */
const longestDays = 365
const warnedMs = 7 * 86_400_000
/** A key that is used from elsewhere is refused each time, and told of once a minute for each address. */
const foreignUsesTold = { most: 1, windowMs: 60_000, keysKept: 10_000 }

type KnownKey = {
  readonly session: Session
  readonly expiresAt: Date | null
  readonly system: string | null
  readonly addresses: readonly string[]
  readonly readAt: number
}

/** API keys: hashed at rest, shown once, ending, kept to a grant, to entries or to addresses on wish. */
export function createApiKeys(deps: ApiKeysDeps) {
  const { database, clock, events, onForeignUse, asksMore, warnAt } = deps
  const { db } = database
  const used = new Set<string>()
  const keys = new Map<string, KnownKey>()
  const foreignUses = createAttemptLimit({ ...foreignUsesTold, now: Date.now })

  /** Whose key it is, and until when it works; undefined for none that works. Asked anew once a second for each key. */
  function lookUp(key: string): Promise<KnownKey | undefined> | KnownKey {
    const known = keys.get(key)
    return known !== undefined && Date.now() - known.readAt < knownForMs ? known : lookUpAnew(key)
  }

  async function lookUpAnew(key: string): Promise<KnownKey | undefined> {
    const loaded = await load(key)
    keys.delete(key)
    if (loaded !== undefined) keys.set(key, loaded)
    if (keys.size > keysKept) keys.delete(keys.keys().next().value!)
    return loaded
  }

  async function load(key: string): Promise<KnownKey | undefined> {
    const readAt = Date.now()
    const row = key.startsWith(keyPrefix) ? await findApiKeyByDigest(db, digestOf(key)) : undefined
    if (row === undefined || row.revoked_at !== null) return undefined
    const user = await findUser(db, row.user_id)
    if (user === undefined || !mayAct(user)) return undefined
    return {
      session: {
        user,
        apiKeyId: row.id,
        keyGrantId: row.grant_id,
        ...(row.entry_ids !== null && { keyEntryIds: row.entry_ids }),
        ...((await asksMore(user)) && { keyReadsOnly: true }),
      },
      expiresAt: row.expires_at,
      system: row.system,
      addresses: row.addresses,
      readAt,
    }
  }

  return {
    /** @throws Problem `key-not-valid` */
    async sessionOf(key: string, address: string): Promise<Session> {
      const known = await lookUp(key)
      if (known === undefined || (known.expiresAt !== null && known.expiresAt < clock.now()))
        throw new Problem('key-not-valid')
      const { session, system, addresses } = known
      if (addresses.length > 0 && !isWithin(address, addresses)) {
        if (foreignUses.begin(`${session.apiKeyId} ${countedAs(address)}`) === 0)
          await onForeignUse?.({ user: session.user!, grantId: session.keyGrantId, system, address })
        throw fromElsewhere()
      }
      used.add(session.apiKeyId!)
      return session
    },

    async make(userId: string, input: NewApiKey, origin: Origin): Promise<{ row: ApiKeyRow; key: string }> {
      const key = keyPrefix + randomBytes(24).toString('base64url')
      const row: ApiKeyRow = {
        id: newId(),
        user_id: userId,
        name: input.name,
        prefix: key.slice(0, 10),
        grant_id: input.grantId ?? null,
        created_at: clock.now(),
        expires_at: endOf(input.expiresOn, clock.now()),
        revoked_at: null,
        last_used_at: null,
        system: input.system ?? null,
        addresses: checkedRanges(input.addresses ?? []),
        entry_ids: input.entryIds ? [...new Set(input.entryIds)] : null,
      }
      await database.inTransaction(async (tx) => {
        await insertApiKey(tx, row, digestOf(key))
        const warnedAt = new Date(row.expires_at!.getTime() - warnedMs)
        if (warnedAt > clock.now()) await warnAt(tx, row.id, warnedAt)
        const details = { key: row.id, name: row.name, until: row.expires_at!.toISOString() }
        await events.write(tx, { kind: 'key-made', userId, by: userId, origin, details })
      })
      return { row, key }
    },

    list: (userId: string, after: string | undefined, limit: number) => findApiKeys(db, userId, after, limit),

    async revoke(userId: string, keyId: string, origin: Origin): Promise<ApiKeyRow> {
      const row = await database.inTransaction(async (tx) => {
        const revoked = await revokeApiKey(tx, userId, keyId, clock.now())
        if (revoked === undefined) throw new Problem('not-found')
        const details = { key: keyId, name: revoked.name }
        await events.write(tx, { kind: 'key-revoked', userId, by: userId, origin, details })
        return revoked
      })
      keys.clear()
      return row
    },

    /** Keys of a grant that goes on by another one follow it; on other nodes within a second. */
    async rebind(tx: Tx, fromGrantId: string, toGrantId: string): Promise<void> {
      await rebindApiKeys(tx, fromGrantId, toGrantId)
      keys.clear()
    },

    /** Tells the user of a key that still works that it is about to end. */
    async warn(keyId: string): Promise<void> {
      const row = await findApiKeyById(db, keyId)
      if (row === undefined || row.revoked_at !== null || row.expires_at === null) return
      if (row.expires_at <= clock.now()) return
      const told = { what: 'key-ending', name: row.name, on: civilDateOf(row.expires_at) } as const
      await database.inTransaction((tx) => events.tell(tx, row.user_id, told))
    },

    /** Writes down when keys were last used: now and then, not with each call. */
    async flushUse(): Promise<void> {
      const ids = [...used]
      used.clear()
      if (ids.length > 0) await touchApiKeys(db, ids, clock.now())
    },

    /** What is known of keys and their users is asked anew. */
    forget: (): void => keys.clear(),
  }
}

const digestOf = (key: string): Buffer => createHash('sha256').update(key).digest()

function endOf(expiresOn: CivilDate | undefined, now: Date): Date {
  const last = addDays(civilDateOf(now), longestDays)
  if (expiresOn === undefined) return endOfCivilDate(last)
  const end = endOfCivilDate(expiresOn)
  const message =
    end <= now
      ? text('失效日期须在今天或以后', 'The last day must not be in the past')
      : expiresOn > last
        ? text(
            `密钥的有效期最长 ${longestDays} 天，不晚于 ${last}（平台规则，非法定）`,
            `A key works for ${longestDays} days at most, until ${last} (a rule of the platform)`,
          )
        : undefined
  if (message === undefined) return end
  throw new Problem('content-incomplete', {
    condition: message,
    errors: [{ path: 'expiresOn', message }],
  })
}

function checkedRanges(addresses: readonly string[]): string[] {
  const strange = addresses.find((address) => !isAddressRange(address))
  if (strange === undefined) return [...addresses]
  throw new Problem('content-incomplete', {
    condition: text(`不是有效的网络地址：${strange}`, `This is no network address: ${strange}`),
    errors: [
      { path: 'addresses', message: text('请填写 IP 地址或者网段', 'Give addresses or ranges (CIDR)') },
    ],
  })
}

const fromElsewhere = (): Problem =>
  new Problem('key-not-valid', {
    condition: text('该密钥只能由登记的系统使用', 'The key works from its registered system only'),
    remedy: text(
      '请从登记的系统调用，或为新的系统另建密钥。',
      'Call from that system, or make a key for the new one.',
    ),
  })
