import { newId } from '@tiaoli/kernel/ids'
import { text } from '@tiaoli/kernel/text'
import type { Tx } from '../../foundations/database/index.ts'
import { overseersOf, oversees, overseesCity, type Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import * as store from './demand.store.ts'
import type { OpeningDeps } from './opening.deps.ts'

export type Demands = ReturnType<typeof createDemands>

/** A title without spaces and capitals: by it a like demand is known. */
const plain = (title: string): string => title.normalize('NFKC').toLowerCase().replace(/\s+/gu, '')

/** What is addressed to nobody is the city's. */
const isAuthority = (session: Session): boolean => overseesCity(session, 'officer')

/** Demands for data that are not open yet: they reach whoever holds the data, and the answer is public. @article XM-28.1-a */
export function createDemands(deps: OpeningDeps) {
  const { database, rulebook, catalogue, identity, ledger, notices, clock } = deps
  const { db } = database
  const rules = rulebook.rooms.opening?.demands

  /** Whoever holds the data answers; the authority where nobody is known to. */
  const mayAnswer = (session: Session, { addresseeId, standing }: store.Demand): boolean =>
    standing === 'open' &&
    (addresseeId === null
      ? isAuthority(session)
      : session.user?.organisation?.id === addresseeId &&
        (session.user.powers.includes('steward') || session.user.powers.includes('officer')))
  const refers = (session: Session, { addresseeId }: store.Demand): boolean =>
    addresseeId === null
      ? isAuthority(session)
      : oversees(session, identity.organisation(addresseeId), 'officer')
  const mayRefer = (session: Session, demand: store.Demand): boolean =>
    demand.standing === 'open' && refers(session, demand)

  async function requireDemand(session: Session, id: string): Promise<store.Demand> {
    const demand = rules && (await store.findDemand(db, id, session.user?.id ?? null))
    if (demand === undefined) throw new Problem('not-found')
    return demand
  }

  function requireOrganisation(id: string | undefined): void {
    if (id !== undefined && identity.organisation(id) === undefined)
      throw new Problem('content-incomplete', {
        condition: text('没有该单位', 'There is no such organisation'),
        errors: [{ path: 'organisation', message: text('请选择已登记的单位', 'Choose a registered one') }],
      })
  }

  /** The people at whose desk the demand lands. */
  async function deskOf(tx: Tx, addresseeId: string | null): Promise<string[]> {
    if (addresseeId !== null) return identity.members(tx, addresseeId, ['steward', 'officer'])
    const found: string[] = []
    for (const { id } of overseersOf(identity.organisations(), undefined))
      found.push(...(await identity.members(tx, id, ['officer'])))
    return found
  }

  async function tell(tx: Tx, demand: { title: string; addresseeId: string | null }, count: number) {
    await notices.send(tx, await deskOf(tx, demand.addresseeId), {
      kind: 'demand.filed',
      title: text(`公众希望开放数据：${demand.title}`, `Wanted in the open: ${demand.title}`),
      body: text(`目前有 ${count} 人提出。请答复，答复公开。`, `${count} have asked. The answer is public.`),
      link: '/demands?box=to-answer',
    })
  }

  return {
    rules,
    mayAnswer,
    mayRefer,
    /** How many people have asked for data of each of these titles. */
    async countFor(titles: readonly string[]): Promise<ReadonlyMap<string, number>> {
      const counts = await store.countBackers(db, titles.map(plain))
      return new Map(titles.map((title) => [title, counts.get(plain(title)) ?? 0]))
    },
    list: (session: Session, search: store.DemandSearch) =>
      store.listDemands(db, search, session.user?.id ?? null),

    /** A like demand that is open is backed instead of doubled. */
    async file(
      session: Session,
      given: { title: string; detail: string; organisation?: string | undefined },
    ): Promise<store.Demand> {
      if (rules === undefined) throw new Problem('not-found')
      requireOrganisation(given.organisation)
      const userId = session.user!.id
      const at = clock.now()
      const plainTitle = plain(given.title)
      const id = await database.inTransaction(async (tx) => {
        const like = await store.findLike(tx, plainTitle)
        const id = like ?? newId()
        const addresseeId = given.organisation ?? null
        if (like === undefined) {
          await store.insertDemand(tx, { ...given, id, plainTitle, addresseeId, userId, filedAt: at })
          await ledger.record(tx, {
            kind: 'demand.filed',
            userId,
            organisationId: session.user!.organisation?.id ?? null,
            article: rules.article,
            outcome: 'open',
            payload: { demand: id, title: given.title, addressee: addresseeId },
          })
          await tell(tx, { title: given.title, addresseeId }, 1)
        }
        await store.addBacker(tx, id, userId, at)
        return id
      })
      return requireDemand(session, id)
    },

    async back(session: Session, id: string): Promise<store.Demand> {
      const demand = await requireDemand(session, id)
      if (demand.standing !== 'open')
        throw new Problem('act-not-available', {
          condition: text('该需求已经答复', 'The demand has been answered'),
        })
      await database.inTransaction((tx) => store.addBacker(tx, id, session.user!.id, clock.now()))
      return requireDemand(session, id)
    },

    async refer(session: Session, id: string, organisation: string): Promise<store.Demand> {
      const demand = await requireDemand(session, id)
      if (!refers(session, demand))
        throw new Problem('not-allowed', {
          condition: text('需求由数据主管部门转交', 'Demands are referred by the data authority'),
        })
      requireOrganisation(organisation)
      await database.inTransaction(async (tx) => {
        if (!(await store.writeAddressee(tx, id, organisation)))
          throw new Problem('act-not-available', {
            condition: text('该需求已经答复', 'The demand has been answered'),
          })
        await ledger.record(tx, {
          kind: 'demand.referred',
          userId: session.user!.id,
          organisationId: session.user!.organisation!.id,
          article: rules!.article,
          outcome: 'referred',
          payload: { demand: id, to: organisation },
        })
        await tell(tx, { title: demand.title, addresseeId: organisation }, demand.backers)
      })
      return requireDemand(session, id)
    },

    async answer(
      session: Session,
      id: string,
      given: { kind: store.DemandAnswer['kind']; text: string; entryId?: string | undefined },
    ): Promise<store.Demand> {
      const demand = await requireDemand(session, id)
      if (demand.standing !== 'open') throw answeredBefore()
      if (!mayAnswer(session, demand))
        throw new Problem('not-allowed', {
          condition: text('需求由持有数据的单位答复', 'A demand is answered by whoever holds the data'),
        })
      const entry = given.entryId === undefined ? undefined : await catalogue.find(given.entryId)
      if (given.entryId !== undefined && entry?.published !== true)
        throw new Problem('content-incomplete', {
          condition: text('没有该目录条目', 'There is no such published entry'),
          errors: [{ path: 'entryId', message: text('请填写已发布的条目', 'Name a published entry') }],
        })
      const { id: userId, organisation } = session.user!
      await database.inTransaction(async (tx) => {
        const by = organisation!.id
        const answer = { ...given, entryId: given.entryId ?? null, by, at: clock.now() }
        if (!(await store.writeAnswer(tx, demand, answer))) throw new Problem('changed-meanwhile')
        await ledger.record(tx, {
          kind: 'demand.answered',
          userId,
          organisationId: by,
          entryId: answer.entryId,
          article: rules!.article,
          outcome: given.kind,
          payload: { demand: id, text: given.text },
        })
        await notices.send(tx, await store.backersOf(tx, id), {
          kind: 'demand.answered',
          title: text(`数据需求已答复：${demand.title}`, `Your demand was answered: ${demand.title}`),
          body: text(given.text, given.text),
          link: '/demands',
        })
      })
      return requireDemand(session, id)
    },
  }
}

const answeredBefore = (): Problem =>
  new Problem('act-not-available', {
    condition: text('该需求此前已经答复', 'The demand was answered before'),
  })
