import type { Refusal } from '@tiaoli/kernel/decisions'
import { type Clock, civilDateOf } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Database, Tx } from '../../foundations/database/index.ts'
import {
  type Caller,
  type DeliveriesPort,
  type Gateway,
  signDigest,
} from '../../foundations/gateway/index.ts'
import {
  type ForeignUse,
  type Identity,
  type Organisation,
  overseersOf,
  oversees,
  type Session,
} from '../../foundations/identity/index.ts'
import { type Evidence, type Lake, LakeError } from '../../foundations/lake/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import type { Catalogue, Entry, EntryWatcher } from '../catalogue/index.ts'
import * as store from './deliveries.store.ts'
import { passedOn, resembles } from './onward.rules.ts'
import type { Grant } from './sharing.model.ts'
import { textsToTrace, traceabilityOf } from './tracing.rules.ts'
import { createTracing, type Finding } from './tracing.ts'

/** Whose file it is, with the entry whose data it holds; or why nobody is named, and who was given such columns. */
export type Traced =
  | (Extract<Finding, { found: true }> & {
      readonly entry: Entry
      /** Told to the authority alone: who knows a receiver's signs can forge a file that seems to be its own. */
      readonly signs: { readonly mark: string | null; readonly hand: string | null } | null
    })
  | (Extract<Finding, { found: false }> & { readonly receivers: readonly Receiver[] })

/** Somebody who was handed all columns of a file that names nobody: one of those who come into question. */
export type Receiver = store.ReceiverOfColumns & { readonly entry: Entry }

export type Deliveries = ReturnType<typeof createDeliveries>

/** Refusals that somebody else has to hear of: the use was not the one that was granted. */
const alarming: ReadonlySet<string> = new Set(['other-purpose'])

/** What becomes of data after they were handed over: traced by their marks, kept from going on to others. */
export function createDeliveries(deps: {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly catalogue: () => Catalogue
  readonly identity: Identity
  readonly ledger: Pick<Ledger, 'append' | 'find'>
  readonly gateway: () => Pick<Gateway, 'namedUnder'>
  readonly lake: Pick<Lake, 'reader'>
  readonly notices: Notices
  readonly clock: Clock
}) {
  const { database, rulebook, identity, ledger, notices, clock } = deps
  const { db } = database
  const tracing = createTracing(deps)
  const providerOf = (entry: Entry): Text =>
    identity.organisation(entry.providerId)?.name ?? text(entry.providerId, entry.providerId)

  const port: DeliveriesPort = {
    begun: (delivery) => store.insertDelivery(db, delivery, clock.now()),
    ended: (mark, sha256) => store.writeDigest(db, mark, sha256),
    dropped: (mark) => store.deleteDelivery(db, mark),
  }

  /** The entry from which another body has the same fields by grant or file, where there is one. */
  async function originOf(tx: Tx, entry: Entry): Promise<Entry | undefined> {
    const content = entry.pending ?? entry.content
    const names = content.fields.map(({ name }) => name)
    const received = await store.findReceived(tx, entry.providerId)
    const alike = received.filter(({ entryId, fields }) => entryId !== entry.id && resembles(names, fields))
    const origins = await deps.catalogue().findAll(
      alike.map(({ entryId }) => entryId),
      tx,
    )
    return origins.find(({ providerId }) => providerId !== entry.providerId)
  }

  /** Tells the provider, the user's own body and the authority, once a day for each kind. */
  async function alert(
    entryId: string,
    user: Pick<Caller, 'organisationId' | 'userId'>,
    code: string,
    said: { readonly title: Text; readonly body: Text; readonly link: string },
  ): Promise<void> {
    const entry = await deps.catalogue().find(entryId)
    if (entry === undefined) return
    await database.inTransaction(async (tx) => {
      const party = user.organisationId ?? user.userId ?? ''
      if (!(await store.insertAlert(tx, { entryId, party, code, day: civilDateOf(clock.now()) }))) return
      const told = [...(await identity.members(tx, entry.providerId, ['steward']))]
      if (user.organisationId !== null)
        told.push(...(await identity.members(tx, user.organisationId, ['requester'])))
      for (const { id } of overseersOf(identity.organisations(), identity.organisation(entry.providerId)))
        told.push(...(await identity.members(tx, id, ['officer'])))
      await notices.send(tx, told, { kind: `use.${code}`, ...said })
    })
  }

  /** A snapshot that has been removed meanwhile has no texts. */
  const proseIn = async (snapshotId: string, fields: readonly string[]): Promise<string[]> => {
    try {
      return await (await deps.lake.reader(snapshotId)).proseFields(fields, textsToTrace)
    } catch (error) {
      if (error instanceof LakeError && error.code === 'snapshot-missing') return []
      throw error
    }
  }

  /** Who was handed all these columns of entries that the asker answers for. */
  async function receiversOf(columns: readonly string[], mayKnow: (of: Entry) => boolean) {
    if (columns.length === 0) return []
    const found = await store.findReceiversOfColumns(db, columns)
    const entries = await deps.catalogue().findAll(found.map(({ entryId }) => entryId))
    return found.flatMap((each): Receiver[] => {
      const entry = entries.find(({ id }) => id === each.entryId)
      return entry !== undefined && mayKnow(entry) ? [{ ...each, entry }] : []
    })
  }

  const userNameOf = (organisationId: string | null): Text =>
    (organisationId === null ? undefined : identity.organisation(organisationId)?.name) ??
    text('使用方', 'A user')

  return {
    port,
    alert,

    /** A use against its grant is refused; those whom it concerns hear of it. @article TJ-18.1-a */
    async onRefused(access: { caller: Caller; entryId: string }, refusal: Refusal): Promise<void> {
      if (!alarming.has(refusal.code)) return
      const who = userNameOf(access.caller.organisationId)
      const title = (await deps.catalogue().find(access.entryId))?.content.title ?? ''
      await alert(access.entryId, access.caller, refusal.code, {
        title: text(`超出约定用途的调用已被拒绝：${title}`, `Use for another purpose was refused: ${title}`),
        body: text(`${who.zh}：${refusal.condition.zh}。`, `${who.en}: ${refusal.condition.en}.`),
        link: `/desk/records?entry=${access.entryId}`,
      })
    },

    /** A key was used from elsewhere than its system: those whose data it opens hear of it. @article XM-27.2-b */
    async onForeignUse(entryId: string, { user, grantId, system, address }: ForeignUse): Promise<void> {
      const organisationId = user.organisation?.id ?? null
      await ledger.append({
        kind: 'access.refused',
        userId: user.id,
        organisationId,
        entryId,
        grantId,
        article: (rulebook.use.registeredSystems ?? rulebook.use.noOnwardSupply).article,
        outcome: 'foreign-system',
        payload: { system, address },
      })
      const who = userNameOf(organisationId)
      const title = (await deps.catalogue().find(entryId))?.content.title ?? ''
      await alert(entryId, { organisationId, userId: user.id }, 'foreign-system', {
        title: text(
          `密钥从未登记的系统使用，已被拒绝：${title}`,
          `A key was used from an unregistered system: ${title}`,
        ),
        body: text(
          `${who.zh}的密钥（登记系统：${system ?? '未写明'}）从地址 ${address} 使用，未取得数据。`,
          `A key of ${who.en} (system: ${system ?? 'not named'}) was used from ${address}; no data were given.`,
        ),
        link: `/entries/${entryId}`,
      })
    },

    /**
     * Whose file this is, by all that it says of its receiver. To those who do not answer for the data it is told no
     * otherwise than a file that names nobody; that somebody asked is recorded in either case.
     */
    async trace(session: Session, evidence: Evidence, sha256: string): Promise<Traced> {
      const finding = await tracing.find(evidence, sha256)
      const entry = finding.found ? await deps.catalogue().find(finding.delivery.entryId) : undefined
      const mayKnow = (of: Entry) => answersFor(session, of, identity.organisation(of.providerId))
      const traced: Traced =
        finding.found && entry && mayKnow(entry)
          ? {
              ...finding,
              entry,
              signs: signsFor(session, finding.delivery, identity.organisation(entry.providerId)),
            }
          : {
              ...(finding.found ? await tracing.unnamed(evidence) : finding),
              receivers: await receiversOf(evidence.columns, mayKnow),
            }
      await ledger.append({
        kind: 'delivery.traced',
        userId: session.user?.id ?? null,
        organisationId: session.user?.organisation?.id ?? null,
        entryId: traced.found ? traced.entry.id : null,
        grantId: traced.found ? traced.delivery.grantId : null,
        outcome: traced.found ? 'traced' : 'not-found',
        payload: { sha256, markDigest: digestOf(traced.found ? traced.delivery.mark : evidence.mark) },
      })
      return traced
    },

    /** How far rows can be traced that leak out of what a grant gives, and by which fields of running text. */
    async traceabilityOf(grant: Grant) {
      const entry = await deps.catalogue().find(grant.entryId)
      const given = (entry?.content.fields ?? []).filter(({ name }) => grant.fields.includes(name))
      const fields = given.map(({ name, type }) => ({ name, type, mask: grant.masks[name] ?? 'none' }))
      const clear = fields.flatMap(({ name, mask }) => (mask === 'none' ? [name] : []))
      const prose = entry?.live ? await proseIn(entry.live.snapshotId, clear) : []
      return { traceability: traceabilityOf(fields, prose), prose }
    },

    /** Why a file must not be brought in: it was handed over to this very body out of another's entry. */
    async refusalOfFile(entry: Entry, evidence: Evidence, sha256: string): Promise<Refusal | undefined> {
      const finding = await tracing.find(evidence, sha256, entry.providerId)
      if (!finding.found || finding.delivery.organisationId !== entry.providerId) return undefined
      const origin = await deps.catalogue().find(finding.delivery.entryId)
      if (origin === undefined || origin.providerId === entry.providerId) return undefined
      return passedOn(rulebook.use, { title: origin.content.title, provider: providerOf(origin) })
    },

    /** Keeps received data out of the receiver's own catalogue. @article CQ-25.3-c TJ-18.1-b SZ-13.4-b XM-27.2-b */
    watcher: {
      check: async (tx, entry, moment) => {
        if (moment !== 'submission' && moment !== 'publication') return []
        if ((entry.pending ?? entry.content).ownCollection) return []
        const origin = await originOf(tx, entry)
        if (origin === undefined) return []
        const refusal = passedOn(rulebook.use, { title: origin.content.title, provider: providerOf(origin) })
        return [
          { path: 'fields', message: refusal.condition, article: refusal.article, remedy: refusal.remedy },
        ]
      },
    } satisfies EntryWatcher,
  }
}

const digestOf = (mark: string | null | undefined) => (mark ? signDigest(mark) : null)

const signsFor = (
  session: Session,
  { mark, hand }: { readonly mark: string | null; readonly hand: string | null },
  provider: Organisation | undefined,
) => (oversees(session, provider, 'officer') ? { mark, hand } : null)

/** Only those who answer for the data look into who had them: the authority, and their provider. */
const answersFor = (session: Session, entry: Entry, provider: Organisation | undefined): boolean =>
  oversees(session, provider, 'officer') || session.user?.organisation?.id === entry.providerId
