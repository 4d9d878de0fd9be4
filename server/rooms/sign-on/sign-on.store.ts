import type { Text } from '@tiaoli/kernel/text'
import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { Mapped } from './sign-on.rules.ts'

export type Provider = {
  readonly id: string
  readonly issuer: string
  readonly clientId: string
  readonly sealedSecret: string | null
  readonly label: Text
  readonly claim: string | null
  readonly mapping: readonly Mapped[]
  readonly enabled: boolean
  readonly changedAt: Date
}

type ProviderRow = {
  id: string
  issuer: string
  client_id: string
  sealed_secret: string | null
  label_zh: string
  label_en: string
  claim: string | null
  mapping: Mapped[]
  enabled: boolean
  changed_at: Date
}

const providerOf = (row: ProviderRow): Provider => ({
  id: row.id,
  issuer: row.issuer,
  clientId: row.client_id,
  sealedSecret: row.sealed_secret,
  label: { zh: row.label_zh, en: row.label_en },
  claim: row.claim,
  mapping: row.mapping,
  enabled: row.enabled,
  changedAt: row.changed_at,
})

export async function findProvider(db: Store | Tx, id: string): Promise<Provider | undefined> {
  const { rows } = await sql<ProviderRow>`select * from sign_on_provider where id = ${id}`.execute(db)
  return rows[0] && providerOf(rows[0])
}

/** By id, that is as they were added. */
export async function findProviders(
  db: Store,
  after: string | undefined,
  limit: number,
): Promise<Provider[]> {
  const { rows } = await sql<ProviderRow>`select * from sign_on_provider
    where (${after ?? null}::text is null or id > ${after ?? null}) order by id limit ${limit}`.execute(db)
  return rows.map(providerOf)
}

/** Adds the provider or puts what is told in the place of what stood; false where another has its issuer. */
export async function writeProvider(tx: Tx, provider: Provider): Promise<boolean> {
  const { rows } = await sql`select 1 from sign_on_provider
    where issuer = ${provider.issuer} and id <> ${provider.id}`.execute(tx)
  if (rows.length > 0) return false
  await sql`insert into sign_on_provider
      (id, issuer, client_id, sealed_secret, label_zh, label_en, claim, mapping, enabled, changed_at)
    values (${provider.id}, ${provider.issuer}, ${provider.clientId}, ${provider.sealedSecret}, ${provider.label.zh},
      ${provider.label.en}, ${provider.claim}, ${JSON.stringify(provider.mapping)}::jsonb, ${provider.enabled}, ${provider.changedAt})
    on conflict (id) do update set issuer = excluded.issuer, client_id = excluded.client_id,
      sealed_secret = excluded.sealed_secret, label_zh = excluded.label_zh, label_en = excluded.label_en,
      claim = excluded.claim, mapping = excluded.mapping, enabled = excluded.enabled, changed_at = excluded.changed_at`.execute(
    tx,
  )
  return true
}

export type SignOnAttempt = {
  readonly stateDigest: string
  readonly browserDigest: string
  readonly providerId: string
  readonly nonce: string
  readonly verifier: string
  readonly linkingUserId: string | null
}

export async function insertAttempt(
  db: Store,
  attempt: SignOnAttempt,
  now: Date,
  expiresAt: Date,
): Promise<void> {
  await sql`delete from sign_on_attempt where expires_at <= ${now}`.execute(db)
  await sql`insert into sign_on_attempt
      (state_digest, browser_digest, provider_id, nonce, verifier, linking_user_id, expires_at)
    values (${attempt.stateDigest}, ${attempt.browserDigest}, ${attempt.providerId}, ${attempt.nonce},
      ${attempt.verifier}, ${attempt.linkingUserId}, ${expiresAt})`.execute(db)
}

/** Takes the attempt of this state and browser away, once. */
export async function takeAttempt(
  db: Store,
  stateDigest: string,
  browserDigest: string,
  now: Date,
): Promise<SignOnAttempt | undefined> {
  const { rows } = await sql<SignOnAttempt>`delete from sign_on_attempt
    where state_digest = ${stateDigest} and browser_digest = ${browserDigest} and expires_at > ${now}
    returning state_digest as "stateDigest", browser_digest as "browserDigest", provider_id as "providerId", nonce,
      verifier, linking_user_id as "linkingUserId"`.execute(db)
  return rows[0]
}

export type Link = {
  readonly providerId: string
  readonly subject: string
  readonly userId: string
  readonly byMapping: boolean
  readonly linkedAt: Date
}

const linkColumns = sql.raw(
  'provider_id as "providerId", subject, user_id as "userId", by_mapping as "byMapping", linked_at as "linkedAt"',
)

export async function findLink(db: Store, providerId: string, subject: string): Promise<Link | undefined> {
  const { rows } = await sql<Link>`select ${linkColumns} from sign_on_link
    where provider_id = ${providerId} and subject = ${subject}`.execute(db)
  return rows[0]
}

export async function findLinksOf(db: Store, userId: string): Promise<Link[]> {
  const { rows } = await sql<Link>`select ${linkColumns} from sign_on_link
    where user_id = ${userId} order by linked_at`.execute(db)
  return rows
}

/** False where the subject is linked, or the user has a link with the provider. */
export async function insertLink(tx: Tx, link: Link): Promise<boolean> {
  const result = await sql`insert into sign_on_link (provider_id, subject, user_id, by_mapping, linked_at)
    values (${link.providerId}, ${link.subject}, ${link.userId}, ${link.byMapping}, ${link.linkedAt})
    on conflict do nothing`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

export async function deleteLink(tx: Tx, userId: string, providerId: string): Promise<boolean> {
  const result = await sql`delete from sign_on_link
    where user_id = ${userId} and provider_id = ${providerId}`.execute(tx)
  return Number(result.numAffectedRows) === 1
}
