import { newId } from '@tiaoli/kernel/ids'
import { type Text, text } from '@tiaoli/kernel/text'
import { actorOf } from '../../foundations/casework/index.ts'
import type { Tx } from '../../foundations/database/index.ts'
import { isPublicBody, type Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { procedureOf } from '../../foundations/rulebook/index.ts'
import { cataloguingProcedure, type Entry, type EntryWatcher, stewardOf } from '../catalogue/index.ts'
import type { CompilationDeps } from './compilation.deps.ts'
import { requireOffered, requireOffice } from './compilation.policy.ts'
import { type CatalogueRule, differencesOf, type Held, membersOf } from './editions.rules.ts'
import type { Edition } from './editions.store.ts'
import * as store from './editions.store.ts'

/** An entry that waited to be published and could not be. */
export type Left = { readonly entryId: string; readonly title: string; readonly condition: Text }

export type Editions = ReturnType<typeof createEditions>

/** Dated editions of the catalogues, what differs between them, and every version of an entry. */
export function createEditions(deps: CompilationDeps) {
  const { database, catalogue, cases, ledger, notices, rulebook, rules, clock, subscribersOf } = deps
  const { db } = database
  const catalogues: readonly CatalogueRule[] = rules.editions?.catalogues ?? []

  function requireCatalogue(key: string): CatalogueRule {
    const found = catalogues.find((each) => each.key === key)
    if (found === undefined) throw new Problem('not-found')
    return found
  }

  /** Keeps what is published as a version; those who use the entry are told when it is not the first. */
  const watcher: EntryWatcher = {
    async follow(tx, entry, moment, event) {
      if (moment !== 'publication') return
      const note = await lastNote(tx, entry)
      const version = await keepVersion(tx, entry, note, event.actor?.userId ?? null)
      if (version === 1) return
      await notices.send(tx, await subscribersOf(tx, entry.id), {
        kind: 'entry.changed',
        title: text(`《${entry.content.title}》已变更`, `“${entry.content.title}” has changed`),
        body: text(
          `条目第 ${version} 版已发布，请核对变更内容。`,
          `Version ${version} is published; see what has changed.`,
        ),
        link: `/entries/${entry.id}#versions`,
      })
    },
  }

  async function keepVersion(tx: Tx, entry: Entry, note: string, userId: string | null): Promise<number> {
    const number = ((await store.newestVersion(tx, entry.id))?.number ?? 0) + 1
    const at = clock.now()
    const { content } = entry
    await store.insertVersion(tx, { entryId: entry.id, number, content, note, userId, publishedAt: at })
    return number
  }

  /** What the provider wrote when it handed the change in. */
  async function lastNote(tx: Tx, entry: Entry): Promise<string> {
    const events = (await cases().get(entry.caseId, null, tx))?.state.events ?? []
    const note = events.findLast((event) => typeof event.content.note === 'string')?.content.note
    return typeof note === 'string' ? note : ''
  }

  /** Every entry that the catalogue holds now, in its newest version; what was published before versions were kept gets its first. */
  async function holdNow(tx: Tx, rule: CatalogueRule, providerId: string | undefined): Promise<Held[]> {
    const held: Held[] = []
    for (let after: string | undefined; ; ) {
      const entries = await catalogue.walk({ ...membersOf(rulebook, rule), providerId }, after, 500, tx)
      const versions = await store.newestVersions(
        tx,
        entries.map((entry) => entry.id),
      )
      for (const entry of entries)
        held.push({
          entryId: entry.id,
          version: versions.get(entry.id)?.number ?? (await keepVersion(tx, entry, '', null)),
        })
      after = entries.at(-1)?.id
      if (entries.length < 500) return held
    }
  }

  /** Publishes every entry that waits for nothing else; whatever stands against one is told and leaves the others alone. */
  async function publishWaiting(session: Session): Promise<Left[]> {
    const procedure = procedureOf(rulebook, cataloguingProcedure)!
    const acts = procedure.acts.filter((act) => act.effect === 'publish')
    const statuses = [...new Set(acts.flatMap((act) => act.from))]
    const left: Left[] = []
    for (let after: string | undefined; ; ) {
      const entries = await catalogue.walk({ published: false, statuses }, after, 200)
      for (const entry of entries) {
        const act = acts.find((each) => each.from.includes(entry.status))!
        try {
          await catalogue.act(session, entry.id, act.key, {}, undefined)
        } catch (error) {
          if (!(error instanceof Problem) || error.status >= 500) throw error
          const condition = error.parts.condition ?? text('未能发布', 'It could not be published')
          left.push({ entryId: entry.id, title: entry.content.title, condition })
        }
      }
      after = entries.at(-1)?.id
      if (entries.length < 200) return left
    }
  }

  return {
    watcher,
    catalogues,
    requireCatalogue,
    newest: (key: string) => store.newestEdition(db, key, null),
    latestRelease: (key: string, organisationId: string) => store.newestEdition(db, key, organisationId),
    editions: (key: string, organisationId: string | null, below: number | undefined, limit: number) =>
      store.editionsBelow(db, key, organisationId, below, limit),
    versions: (entryId: string, below: number | undefined, limit: number) =>
      store.versionsBelow(db, entryId, below, limit),
    newestVersions: (ids: readonly string[], tx: Tx | typeof db = db) => store.newestVersions(tx, ids),
    holding: (entryId: string, key: string) => store.editionHolding(db, entryId, key),
    heldBy: (editionId: string) => store.heldBy(db, editionId),
    contentsOf: (held: readonly Held[]) => store.contentsOf(db, held),

    async publish(
      session: Session,
      key: string,
      input: { scope: 'city' | 'organisation'; note: string; publishWaiting: boolean },
    ): Promise<{ edition: Edition; left: Left[] }> {
      const offered = requireOffered(rules.editions)
      const rule = requireCatalogue(key)
      const { userId } = actorOf(session)
      const city = input.scope === 'city'
      const publisherId = city ? requireOffice(session, offered.by, offered.article) : requireOwn(session)
      const left = city && input.publishWaiting ? await publishWaiting(session) : []
      const organisationId = city ? null : publisherId
      const edition = await database.inTransaction(async (tx) => {
        await store.lockEditions(tx, key)
        const before = await store.newestEdition(tx, key, organisationId)
        const held = await holdNow(tx, rule, organisationId ?? undefined)
        const differences = differencesOf(before ? await store.heldBy(tx, before.id) : [], held)
        const counts = {
          entries: held.length,
          added: differences.added.length,
          changed: differences.changed.length,
          withdrawn: differences.withdrawn.length,
        }
        const number = (before?.number ?? 0) + 1
        const article = city ? rule.article : offered.releases!.article
        const record = await ledger.record(tx, {
          kind: 'edition.published',
          userId,
          organisationId: publisherId,
          article,
          outcome: 'published',
          payload: { catalogue: key, scope: input.scope, number, ...counts },
        })
        const made: Edition = {
          id: newId(),
          catalogue: key,
          ...{ organisationId, number, publisherId, userId },
          publishedAt: clock.now(),
          note: input.note,
          ...counts,
          recordId: record.id,
        }
        await store.insertEdition(tx, made, held)
        return made
      })
      return { edition, left }
    },

    /** Releases of a body are for the bodies on the platform; editions of the city are for everyone. */
    async requireEdition(session: Session, id: string): Promise<Edition> {
      const edition = await store.findEdition(db, id)
      const hidden = edition?.organisationId != null && !seesReleases(session)
      if (edition === undefined || hidden) throw new Problem('not-found')
      return edition
    },
    seesReleases,

    async differences(edition: Edition) {
      const [before] = await store.editionsBelow(
        db,
        edition.catalogue,
        edition.organisationId,
        edition.number,
        1,
      )
      const held = await store.heldBy(db, edition.id)
      const differences = differencesOf(before ? await store.heldBy(db, before.id) : [], held)
      return { previous: before?.number ?? null, differences }
    },
  }

  function requireOwn(session: Session): string {
    requireOffered(rules.editions?.releases)
    const organisationId = stewardOf(session)
    if (organisationId !== undefined) return organisationId
    throw new Problem('not-allowed', {
      condition: text(
        '只有本单位的数据管理员可以发布本单位目录',
        'A body’s data steward publishes its catalogue',
      ),
    })
  }
}

const seesReleases = (session: Session): boolean => isPublicBody(session.user?.organisation ?? null)
