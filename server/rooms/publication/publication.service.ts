import { newId } from '@tiaoli/kernel/ids'
import { type Clock, civilDateOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { ActHappened } from '../../foundations/cases/index.ts'
import { type Database, lockName, type Tx } from '../../foundations/database/index.ts'
import {
  holderTowards,
  type Identity,
  oversees,
  overseesCity,
  type Session,
} from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import { Problem, refusalProblem } from '../../foundations/problems/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import { type Catalogue, type Entry, isDrafted, stewardOf, typeOf } from '../catalogue/index.ts'
import { contentDigest, type Filing, isOf, type PublicationCheck } from './publication.model.ts'
import { checksDemanded, filingDemanded, refusalToPublish } from './publication.rules.ts'
import * as store from './publication.store.ts'

export type PublicationDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly catalogue: Catalogue
  readonly identity: Identity
  readonly ledger: Ledger
  readonly clock: Clock
}

export type Publication = ReturnType<typeof createPublication>

/** Entries of restricted types are gone through so many at a time. */
const restrictedAtOnce = 500

/** What surrounds the publication of an entry: checks before it is opened, filing of its type, fields opened first. */
export function createPublication({
  database,
  rulebook,
  catalogue,
  identity,
  ledger,
  clock,
}: PublicationDeps) {
  const { db } = database
  const contentOf = (entry: Entry) => entry.pending ?? entry.content

  function authorityFor(entry: Entry) {
    const rule = filingDemanded(rulebook, contentOf(entry))
    const provider = identity.organisation(entry.providerId)
    if (rule === undefined || provider === undefined) return undefined
    return holderTowards(rulebook, identity.organisations(), rule.with, provider)
  }

  async function file(tx: Tx, entry: Entry, userId: string): Promise<Filing | undefined> {
    const rule = filingDemanded(rulebook, contentOf(entry))
    const authority = authorityFor(entry)
    if (rule === undefined || authority === undefined) return undefined
    const { sharing } = contentOf(entry)
    const at = clock.now()
    const number = `${rulebook.prefix}-BA-${civilDateOf(at).slice(0, 4)}-${String(await store.nextFilingNumber(tx)).padStart(6, '0')}`
    const record = await ledger.record(tx, {
      kind: 'type.filed',
      userId,
      organisationId: entry.providerId,
      entryId: entry.id,
      article: rule.article,
      payload: { number, type: sharing.type, basis: sharing.basis, authority: authority.id },
    })
    const filing: Filing = {
      id: newId(),
      number,
      entryId: entry.id,
      sharingType: sharing.type,
      basis: sharing.basis,
      providerId: entry.providerId,
      authorityId: authority.id,
      userId,
      filedAt: at,
      recordId: record.id,
    }
    await store.insertFiling(tx, filing)
    return filing
  }

  return {
    /** In the transaction of the cataloguing act: files what is handed over, and refuses to publish what is unchecked. */
    async onAct({ tx, state, event, effect }: ActHappened): Promise<void> {
      const unseen = event.actor === null || state.outcome !== null || isDrafted(rulebook, state.state)
      if (unseen && effect !== 'publish') return
      const entry = state.entryId === null ? undefined : await catalogue.find(state.entryId, tx)
      if (entry === undefined) return
      if (effect === 'publish') {
        const refusal = refusalToPublish(rulebook, contentOf(entry), await store.findChecks(tx, entry.id))
        if (refusal !== undefined) throw refusalProblem('refused-by-law', refusal)
      }
      if (unseen || event.actor === null) return
      if (filingDemanded(rulebook, contentOf(entry)) === undefined) return
      const filed = await store.findFilingsOf(tx, [entry.id])
      if (!filed.some((filing) => isOf(filing, contentOf(entry)))) await file(tx, entry, event.actor.userId)
    },

    async checks(session: Session, entryId: string) {
      const entry = await catalogue.requireEntry(session, entryId)
      const own = entry.providerId === session.user?.organisation?.id
      if (!own && !oversees(session, identity.organisation(entry.providerId), 'officer'))
        throw new Problem('not-found')
      return {
        demanded: checksDemanded(rulebook, contentOf(entry)),
        digest: contentDigest(contentOf(entry)),
        checks: await store.findChecks(db, entry.id),
        canRecord: stewardOf(session) === entry.providerId,
      }
    },

    async recordCheck(
      session: Session,
      entryId: string,
      input: { kind: string; passed: boolean; note: string },
    ): Promise<{ check: PublicationCheck; digest: string }> {
      const entry = await catalogue.requireEntry(session, entryId)
      const rule = rulebook.rooms.publication?.checks
      if (stewardOf(session) !== entry.providerId)
        throw new Problem('not-allowed', {
          article: rule?.article,
          condition: text(
            '审查由提供单位的数据管理员登记',
            'Checks are recorded by a data steward of the body that provides the data',
          ),
          remedy: leaveToProvider,
        })
      if (rule === undefined || !rule.kinds.some(({ key }) => key === input.kind))
        throw new Problem('content-incomplete', {
          condition: text('没有这一项审查', 'There is no such check'),
          errors: [{ path: 'kind', message: text('没有这一项审查', 'There is no such check') }],
        })
      const digest = contentDigest(contentOf(entry))
      const user = session.user!
      const check = await database.inTransaction(async (tx) => {
        const record = await ledger.record(tx, {
          kind: 'publication.checked',
          userId: user.id,
          organisationId: entry.providerId,
          entryId,
          article: rule.article,
          outcome: input.passed ? 'passed' : 'not-passed',
          payload: { check: input.kind, note: input.note, content: digest },
        })
        const made: PublicationCheck = {
          id: newId(),
          entryId,
          ...input,
          content: digest,
          userId: user.id,
          userName: user.name,
          organisationId: entry.providerId,
          checkedAt: clock.now(),
          recordId: record.id,
        }
        await store.insertCheck(tx, made)
        return made
      })
      return { check, digest }
    },

    filings: (session: Session, search: Omit<store.FilingSearch, 'organisationId'>): Promise<Filing[]> =>
      store.findFilings(db, { ...search, organisationId: session.user?.organisation?.id ?? '' }),

    /** Entries that should be filed and are not: those whose filing is due to the caller, and the caller's own. */
    async unfiled(session: Session) {
      const types = rulebook.catalogue.sharingTypes.filter(({ demands }) => demands.filing !== undefined)
      const caller = session.user?.organisation
      if (types.length === 0 || caller == null) return []
      const keys = types.map(({ key }) => key)
      const unfiled = []
      for (let before: string | undefined; ; ) {
        const entries = await catalogue.ofSharingTypes(keys, before, restrictedAtOnce)
        const ids = entries.map(({ id }) => id)
        const filings = Map.groupBy(await store.findFilingsOf(db, ids), ({ entryId }) => entryId)
        for (const entry of entries) {
          if (filings.get(entry.id)?.some((filing) => isOf(filing, entry.content))) continue
          const authority = authorityFor(entry)
          if (entry.providerId === caller.id || authority?.id === caller.id)
            unfiled.push({ entry, authority })
        }
        before = ids.at(-1)
        if (entries.length < restrictedAtOnce) return unfiled
      }
    },

    /** Files what could not be filed when the entry was handed over. */
    async fileNow(session: Session, entryId: string): Promise<Filing> {
      const entry = await catalogue.requireEntry(session, entryId)
      const rule = filingDemanded(rulebook, contentOf(entry))
      if (stewardOf(session) !== entry.providerId)
        throw new Problem('not-allowed', {
          article: rule?.article,
          condition: text(
            '备案由提供单位的数据管理员提交',
            'The type is filed by a data steward of the body that provides the data',
          ),
          remedy: leaveToProvider,
        })
      return database.inTransaction(async (tx) => {
        await lockName(tx, `filing ${entry.id}`)
        const before = await store.findFilingsOf(tx, [entry.id])
        if (before.some((filing) => isOf(filing, contentOf(entry))))
          throw new Problem('act-not-available', {
            article: rule?.article,
            condition: text('该类型已经备案', 'The type has been filed'),
            remedy: text('无须再次备案。', 'Nothing is left to be filed.'),
          })
        const filing = await file(tx, entry, session.user!.id)
        if (filing === undefined)
          throw new Problem('act-not-available', {
            article: rule?.article,
            condition: text(
              '该类型无须备案，或者本级没有登记受理备案的主管部门',
              'The type needs no filing, or no authority of that level is registered',
            ),
            remedy: text(
              '须备案的，请先由平台登记该级主管部门。',
              'Where it needs one, have the authority of that level registered first.',
            ),
          })
        return filing
      })
    },

    /** How the fields that are opened first stand, in the order of the regulation. */
    async priority() {
      const rule = rulebook.rooms.publication?.priority
      if (rule === undefined) return []
      const [counts, responsible] = await Promise.all([catalogue.countPriority(), store.findResponsible(db)])
      const count = (field: string, effect: string) =>
        counts
          .filter((each) => each.field === field)
          .filter((each) => typeOf(rulebook, 'opening', each.opening)?.effect === effect)
          .reduce((sum, each) => sum + each.count, 0)
      return rule.fields.map(({ key, term }) => ({
        key,
        term,
        article: rule.article,
        open: count(key, 'free'),
        conditional: count(key, 'by-request'),
        notOpened: count(key, 'closed'),
        responsibleId: responsible.get(key) ?? null,
      }))
    },

    async assign(session: Session, field: string, organisationId: string): Promise<void> {
      const rule = rulebook.rooms.publication?.priority
      if (rule?.fields.some(({ key }) => key === field) !== true) throw new Problem('not-found')
      if (!overseesCity(session, 'officer'))
        throw new Problem('not-allowed', {
          article: rule.article,
          condition: text(
            '优先开放领域的责任单位由市级数据主管部门的经办人员确定',
            'Who answers for a field that is opened first is settled by an officer of the city’s data authority',
          ),
          remedy: text('请由市级数据主管部门办理。', 'Leave it to the data authority of the city.'),
        })
      if (identity.organisation(organisationId) === undefined) throw new Problem('not-found')
      await database.inTransaction(async (tx) => {
        await store.writeResponsible(tx, field, organisationId, session.user!.id, clock.now())
        await ledger.record(tx, {
          kind: 'priority.assigned',
          userId: session.user!.id,
          organisationId: session.user!.organisation!.id,
          article: rule.article,
          payload: { field, responsible: organisationId },
        })
      })
    },
  }
}

const leaveToProvider = text(
  '请由提供单位的数据管理员办理。',
  'Leave it to a data steward of the providing body.',
)
