import { newId } from '@tiaoli/kernel/ids'
import { type CivilDate, civilDateOf, isCivilDate } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { CaseState, Cases } from '../../foundations/cases/index.ts'
import type { Tx } from '../../foundations/database/index.ts'
import { oversees, type Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { OpeningRules, Procedure } from '../../foundations/rulebook/index.ts'
import { type Entry, type EntryWatcher, stewardOf, typeOf } from '../catalogue/index.ts'
import type { OpeningDeps } from './opening.deps.ts'
import * as store from './reassessment.store.ts'
import { faultsOfWidening, secondPerson } from './widening.rules.ts'

export type Widening = ReturnType<typeof createWidening>

/**
 * Opening further what is in the catalogue: always a revision of the entry in its cataloguing case, which keeps its
 * versions; those who ask for the data or hold them are told in the same transaction.
 *
 * @article SZ-14.2-a SZ-14.2-b
 */
export function createWidening(deps: OpeningDeps & { readonly cases: () => Cases }) {
  const { database, rulebook, catalogue, sharing, identity, ledger, notices, clock, cases } = deps
  const { db } = database
  const rules: Pick<OpeningRules, 'reassessment' | 'reopening'> = rulebook.rooms.opening ?? {}
  const freeType = rulebook.catalogue.openingTypes.find(({ effect }) => effect === 'free')
  const effectOf = (type: string) => typeOf(rulebook, 'opening', type)?.effect

  /** Whoever has asked for the entry and still waits, and who holds a live grant on it. */
  async function concerned(tx: Tx, entry: Entry): Promise<string[]> {
    const found = new Set(await sharing.holdersOf(tx, entry.id))
    const asking = new Set(rulebook.catalogue.openingTypes.flatMap(({ procedure }) => procedure ?? []))
    for (const procedure of rulebook.procedures.filter(({ key }) => asking.has(key)))
      for await (const { userId, organisationId } of openersOf(tx, procedure, entry.id))
        if (userId !== null) found.add(userId)
        else if (organisationId !== null)
          for (const id of await identity.members(tx, organisationId, ['requester'])) found.add(id)
    return [...found]
  }

  /** Those who ask, of every open request for the entry; whoever decides on it or provides the data is none of them. */
  async function* openersOf(
    tx: Tx,
    procedure: Procedure,
    entryId: string,
  ): AsyncGenerator<NonNullable<CaseState['parties'][string]>> {
    const roles = Object.keys(procedure.roles).filter((role) => procedure.roles[role]!.from === 'opener')
    let cursor: string | null | undefined
    do {
      const listed = await cases().list({
        box: 'all',
        actor: { userId: '', name: '', organisationId: null },
        ...{ procedure: procedure.key, entryId, open: true, limit: 200, tx },
        ...(cursor != null && { cursor }),
      })
      if (!listed.ok) throw new Error(`open requests could not be listed: ${listed.refusal.code}`)
      for (const { parties } of listed.value.cases)
        for (const role of roles) if (parties[role] !== undefined) yield parties[role]
      cursor = listed.value.nextCursor
    } while (cursor !== null)
  }

  const watcher: EntryWatcher = {
    async check(tx, entry, moment, event) {
      if (moment !== 'publication' || !entry.published || entry.pending === null) return []
      const change = {
        from: effectOf(entry.content.opening.type),
        to: effectOf(entry.pending.opening.type),
      }
      return faultsOfWidening(rules, change, {
        grounds: await store.groundsOf(tx, entry.id),
        last: (await store.newestAssessments(tx, [entry.id])).get(entry.id),
        publisherId: event.actor?.userId,
      })
    },
    async follow(tx, entry, moment, event, before) {
      if (moment !== 'publication' || !before.published) return
      const [from, to] = [before, entry].map(({ content }) => effectOf(content.opening.type))
      const at = clock.now()
      if (from === 'closed' && to !== 'closed') {
        const unused = (await store.groundsOf(tx, entry.id)).find(({ usedAt }) => usedAt === null)
        if (unused !== undefined) await store.useGround(tx, unused.id, at)
      }
      if (from === 'free' || to !== 'free') return
      if (from === 'by-request' && rules.reassessment !== undefined)
        await recordConversion(tx, entry, before, event.actor?.userId ?? '', at)
      await notices.send(tx, await concerned(tx, entry), {
        kind: 'opening.converted',
        title: text(
          `已转为${freeType?.term.zh}：${entry.content.title}`,
          `Now ${freeType?.term.en}: ${entry.content.title}`,
        ),
        body: text(
          '现在无须申请即可取得。已有的使用许可在其期限内继续有效。',
          'It can be taken without a request. Grants that were given hold to the end of their term.',
        ),
        link: `/entries/${entry.id}`,
      })
    },
  }

  async function recordConversion(tx: Tx, entry: Entry, before: Entry, userId: string, at: Date) {
    const found = (await store.newestAssessments(tx, [entry.id])).get(entry.id)
    const reasons = found?.reasons ?? ''
    const { id: recordId } = await ledger.record(tx, {
      kind: 'opening.assessed',
      userId,
      organisationId: entry.providerId,
      entryId: entry.id,
      article: rules.reassessment!.article,
      outcome: 'converted',
      payload: { reasons, from: before.content.opening.type, to: entry.content.opening.type },
    })
    const { providerId: organisationId, id: entryId } = entry
    await store.insertAssessment(tx, {
      ...{ entryId, finding: 'converted', reasons, at, userId, organisationId, recordId },
    })
  }

  const mayState = (session: Session, entry: Entry): boolean => stewardOf(session) === entry.providerId

  /** What is reopened, and on which grounds: for the provider and its authority. */
  async function requireInsider(session: Session, entryId: string): Promise<Entry> {
    const entry = await catalogue.requireEntry(session, entryId)
    const provider = identity.organisation(entry.providerId)
    const sees = session.user?.organisation?.id === entry.providerId
    if (rules.reopening === undefined || !(sees || oversees(session, provider, 'officer')))
      throw new Problem('not-found')
    return entry
  }

  return {
    watcher,
    reopening: rules.reopening,
    mayState,

    async grounds(session: Session, entryId: string): Promise<{ entry: Entry; grounds: store.Ground[] }> {
      const entry = await requireInsider(session, entryId)
      return { entry, grounds: await store.groundsOf(db, entryId) }
    },

    /** Puts on record that the data were processed, or that whose they are consented. */
    async stateGround(
      session: Session,
      entryId: string,
      given: { trigger: string; document: string; note: string; dated: CivilDate },
    ): Promise<void> {
      const entry = await requireInsider(session, entryId)
      const { article, triggers } = rules.reopening!
      if (!mayState(session, entry))
        throw new Problem('not-allowed', {
          article,
          condition: text('由提供数据的机构登记', 'The providing institution puts it on record'),
        })
      if (!entry.published || effectOf(entry.content.opening.type) !== 'closed')
        throw new Problem('act-not-available', {
          article,
          condition: text(
            '只有已发布的不予开放条目才需要登记',
            'It is for published entries that are not open',
          ),
        })
      const faults = [
        ...(triggers.some(({ key }) => key === given.trigger) ? [] : ['trigger']),
        ...(isCivilDate(given.dated) && given.dated <= civilDateOf(clock.now()) ? [] : ['dated']),
      ]
      if (faults.length > 0)
        throw new Problem('content-incomplete', {
          article,
          condition: text('事由或者日期不符合要求', 'The ground or the date will not do'),
          errors: faults.map((path) => ({ path, message: text('请重新填写', 'Fill it in again') })),
        })
      const by = { userId: session.user!.id, organisationId: entry.providerId }
      await database.inTransaction(async (tx) => {
        const { id: recordId } = await ledger.record(tx, {
          kind: 'opening.ground',
          ...by,
          entryId,
          article,
          outcome: given.trigger,
          payload: { ...given },
        })
        await store.insertGround(tx, { id: newId(), entryId, ...given, ...by, at: clock.now(), recordId })
      })
    },

    /** Confirms that what was found fit is open to all: a revision of the entry, by somebody else than who assessed it. */
    async convert(session: Session, entryId: string, note: string): Promise<Entry> {
      const entry = await catalogue.requireEntry(session, entryId)
      if (rules.reassessment === undefined || freeType === undefined) throw new Problem('not-found')
      const { article } = rules.reassessment
      if (!mayState(session, entry))
        throw new Problem('not-allowed', {
          condition: text('由提供数据的单位确认', 'The provider of the data confirms it'),
        })
      const last = (await store.newestAssessments(db, [entryId])).get(entryId)
      if (
        !entry.published ||
        effectOf(entry.content.opening.type) !== 'by-request' ||
        last?.finding !== 'qualifies'
      )
        throw new Problem('act-not-available', {
          article,
          condition: text(
            '条目没有待确认的“符合转换条件”评估结论',
            'The entry has no finding that waits to be confirmed',
          ),
        })
      if (last.userId === session.user!.id)
        throw new Problem('not-allowed', {
          condition: secondPerson.message,
          ...(secondPerson.remedy ? { remedy: secondPerson.remedy } : {}),
        })
      return catalogue.revise(
        session,
        entryId,
        { opening: { type: freeType.key, conditions: '', basis: null } },
        note,
      )
    },
  }
}
