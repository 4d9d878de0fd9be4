import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Database } from '../../foundations/database/index.ts'
import { callerOf, type Gateway, gatewayProblem, type PageAnswer } from '../../foundations/gateway/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import { type Lake, LakeError } from '../../foundations/lake/index.ts'
import type { JsonObject, Ledger } from '../../foundations/ledger/index.ts'
import { Problem, refusalProblem } from '../../foundations/problems/index.ts'
import type { BasesRules } from '../../foundations/rulebook/index.ts'
import { type Catalogue, type Entry, stewardOf } from '../catalogue/index.ts'
import { type Base, basesOf, type CheckedRow, judgeRows, referenceOf } from './bases.rules.ts'
import type { BaseEntry, BaseIdentifier } from './bases.store.ts'
import * as store from './bases.store.ts'

export type BasesDeps = {
  readonly database: Database
  readonly catalogue: Catalogue
  readonly identity: Identity
  readonly ledger: Ledger
  readonly lake: Lake
  readonly gateway: () => Gateway
  readonly rules: BasesRules | undefined
  readonly clock: Clock
}

export type Coverage = { readonly keys: number; readonly here: number; readonly matched: number }
export type Source = BaseEntry & {
  readonly entry: Entry
  readonly reference: boolean
  readonly coverage: Coverage | null
}

const coveragesKept = 500

export type Bases = ReturnType<typeof createBases>

/** Base databases: registers of the city whose records are joined by one identifier. */
export function createBases({
  database,
  catalogue,
  identity,
  ledger,
  lake,
  gateway,
  rules,
  clock,
}: BasesDeps) {
  const { db } = database
  /** Snapshots never change, so what was counted of two of them holds. */
  const counted = new Map<string, Coverage>()

  const list = async (): Promise<Base[]> => basesOf(rules, rules ? await store.findBases(db) : [])

  async function requireBase(key: string): Promise<Base> {
    const base = (await list()).find((each) => each.key === key)
    if (base === undefined) throw new Problem('not-found')
    return base
  }

  const decides = ({ user }: Session): boolean =>
    rules !== undefined &&
    user?.organisation?.roles.includes(rules.by) === true &&
    user.powers.includes('officer')

  function requireDecider(session: Session): void {
    if (!decides(session))
      throw new Problem('not-allowed', {
        article: rules?.article,
        condition: text('由建设基础数据库的机构办理', 'This is for the body that builds the base databases'),
      })
  }

  /** Who builds the bases and who leads one may map any entry to it; a provider its own. */
  const mayMap = (session: Session, base: Base, entry: Entry): boolean => {
    const own = stewardOf(session)
    return decides(session) || (own !== undefined && (own === base.leadId || own === entry.providerId))
  }

  /**
   * Who is told how two sources overlap: everybody, where the keys of both are public. Where they are not, whoever
   * brings in a list of one person would learn whether that person stands in the other register.
   */
  const seesOverlap = (session: Session, base: Base, sources: readonly (BaseEntry & { entry: Entry })[]) =>
    decides(session) ||
    (base.leadId !== null && stewardOf(session) === base.leadId) ||
    sources.every(({ entry, keyField }) =>
      entry.content.fields.some(({ name, sensitivity }) => name === keyField && sensitivity === 'public'),
    )

  /** The sources as the caller may see them; for nobody in particular nothing is counted. */
  async function sourcesOf(base: Base, session: Session | undefined): Promise<Source[]> {
    const attached = await store.baseEntries(db, base.key)
    const entries = new Map(
      (await catalogue.findAll(attached.map(({ entryId }) => entryId))).map((entry) => [entry.id, entry]),
    )
    const sources = attached.flatMap((each) => {
      const entry = entries.get(each.entryId)
      return entry?.published ? [{ ...each, entry, providerId: entry.providerId }] : []
    })
    const reference = referenceOf(base, sources)
    const first = sources.find(({ entryId }) => entryId === reference?.entryId)
    const found: Source[] = []
    for (const { providerId: _, ...source } of sources)
      found.push({
        ...source,
        reference: source === first || source.entryId === first?.entryId,
        coverage:
          first === undefined || session === undefined || !seesOverlap(session, base, [first, source])
            ? null
            : await coverageOf(first, source),
      })
    return found
  }

  async function coverageOf(
    reference: BaseEntry & { entry: Entry },
    source: BaseEntry & { entry: Entry },
  ): Promise<Coverage | null> {
    const [left, right] = [reference, source].map(({ entry, keyField }) =>
      entry.live === null ? undefined : { snapshotId: entry.live.snapshotId, field: keyField },
    )
    if (left === undefined || right === undefined) return null
    const name = JSON.stringify([left, right])
    const known = counted.get(name)
    if (known !== undefined) return known
    try {
      const found = await lake.overlap(left, right)
      const coverage = { keys: found.left, here: found.right, matched: found.both }
      if (counted.size >= coveragesKept) counted.clear()
      counted.set(name, coverage)
      return coverage
    } catch (error) {
      // A snapshot that was loaded before the field was catalogued has no such column: there is nothing to count.
      if (error instanceof LakeError && error.code === 'unknown-field') return null
      throw error
    }
  }

  /** The row of a base that the regulation names is made when something is settled about it. */
  async function settle(
    session: Session,
    base: Base,
    outcome: string,
    payload: JsonObject,
    work: (tx: Parameters<typeof store.insertBase>[0]) => Promise<void>,
  ): Promise<void> {
    await database.inTransaction(async (tx) => {
      if (base.named)
        await store.insertBase(tx, {
          key: base.key,
          titleZh: null,
          titleEn: null,
          identifier: null,
          leadId: null,
        })
      await work(tx)
      await ledger.record(tx, {
        kind: 'base.act',
        userId: session.user!.id,
        organisationId: session.user!.organisation!.id,
        entryId: typeof payload.entry === 'string' ? payload.entry : null,
        article: rules?.article ?? null,
        outcome,
        payload: { base: base.key, ...payload },
      })
    })
  }

  return {
    list,
    requireBase,
    sourcesOf,
    decides,
    mayMap,
    counts: async (): Promise<Map<string, number>> => {
      const counts = new Map<string, number>()
      for (const { baseKey } of await store.baseEntries(db))
        counts.set(baseKey, (counts.get(baseKey) ?? 0) + 1)
      return counts
    },

    async add(
      session: Session,
      input: { key: string; term: { zh: string; en: string }; identifier: BaseIdentifier | null },
    ): Promise<void> {
      requireDecider(session)
      if (rules?.open !== true)
        throw new Problem('act-not-available', {
          article: rules?.article,
          condition: text('本市条例所列的基础数据库不能增设', 'The list of the regulation is closed'),
        })
      if ((await list()).some(({ key }) => key === input.key)) throw taken()
      const { key, term, identifier } = input
      const base = { key, term, identifier, named: false, leadId: null }
      await settle(session, base, 'added', { title: term.zh }, async (tx) => {
        const kept = { key, titleZh: term.zh, titleEn: term.en, identifier, leadId: null }
        if (!(await store.insertBase(tx, kept))) throw taken()
      })
    },

    async lead(session: Session, key: string, organisationId: string): Promise<void> {
      const base = await requireBase(key)
      requireDecider(session)
      if (identity.organisation(organisationId) === undefined)
        throw fault('organisationId', text('没有这个单位', 'There is no such body'))
      await settle(session, base, 'lead', { lead: organisationId }, (tx) =>
        store.writeLead(tx, key, organisationId),
      )
    },

    async attach(session: Session, key: string, entryId: string, keyField: string): Promise<void> {
      const base = await requireBase(key)
      const entry = await catalogue.requireEntry(session, entryId)
      if (!mayMap(session, base, entry)) requireDecider(session)
      if (!entry.published)
        throw new Problem('act-not-available', {
          condition: text('条目尚未发布', 'The entry is not published yet'),
        })
      const field = entry.content.fields.find(({ name }) => name === keyField)
      if (field === undefined)
        throw fault('keyField', text('条目没有这个信息项', 'The entry has no such field'))
      if (base.identifier !== null && field.type !== base.identifier)
        throw fault(
          'keyField',
          text('信息项不是该基础数据库的标识', 'The field is not of the kind by which this base is joined'),
        )
      await settle(session, base, 'attached', { entry: entryId, keyField }, (tx) =>
        store.writeBaseEntry(tx, { baseKey: key, entryId, keyField }, clock.now()),
      )
    },

    async detach(session: Session, key: string, entryId: string): Promise<void> {
      const base = await requireBase(key)
      const entry = await catalogue.requireEntry(session, entryId)
      if (!mayMap(session, base, entry)) requireDecider(session)
      await settle(session, base, 'detached', { entry: entryId }, async (tx) => {
        if (!(await store.deleteBaseEntry(tx, key, entryId))) throw new Problem('not-found')
      })
    },

    /** A list of one's own against the reference: every look goes through the gateway, which decides and records. */
    async check(
      session: Session,
      key: string,
      input: {
        rows: readonly { key: string; name: string }[]
        nameField?: string | undefined
        grant?: string | undefined
        scenario?: string | undefined
      },
    ): Promise<{ reference: Source; rows: CheckedRow[]; recordId: string }> {
      const base = await requireBase(key)
      if (rules?.checks !== true)
        throw new Problem('act-not-available', {
          condition: text('本市未提供核对服务', 'The city offers no checks'),
        })
      const reference = (await sourcesOf(base, undefined)).find((source) => source.reference)
      if (reference === undefined || reference.entry.live === null) throw new Problem('no-snapshot')
      const purpose = {
        ...(input.grant ? { grantId: input.grant } : {}),
        ...(input.scenario ? { scenario: input.scenario } : {}),
      }
      const look = async (field: string, values: readonly string[], wanted: readonly string[]) => {
        const asked = {
          fields: wanted,
          filters: [{ field, operator: 'in' as const, values: [...new Set(values)] }],
          sort: [],
          limit: 1000,
        }
        const found = await gateway()
          .page(callerOf(session), reference.entryId, asked, purpose)
          .catch((error: unknown) => {
            throw gatewayProblem(error)
          })
        if (!found.ok) throw refusalProblem('refused-by-law', found.refusal, found.recordId)
        return found.value
      }
      const keys = input.rows.flatMap((row) => (row.key === '' ? [] : [row.key]))
      const names = input.rows.flatMap((row) => (row.key === '' && row.name !== '' ? [row.name] : []))
      const { keyField, nameField } = { keyField: reference.keyField, ...input }
      if (names.length > 0 && nameField === undefined)
        throw fault('nameField', text('请写明名称所在的信息项', 'Say which field holds the names'))
      let last: PageAnswer | undefined
      const known = new Set<string>()
      if (keys.length > 0) {
        last = await look(keyField, keys, [keyField])
        for (const row of last.value.rows) known.add(String(row[keyField]))
      }
      const byName = new Map<string, string[]>()
      if (names.length > 0 && nameField !== undefined) {
        last = await look(nameField, names, [keyField, nameField])
        for (const row of last.value.rows) {
          const name = String(row[nameField])
          byName.set(name, [...(byName.get(name) ?? []), String(row[keyField])])
        }
      }
      if (last === undefined) throw fault('rows', text('没有可以核对的内容', 'There is nothing to check'))
      return { reference, rows: judgeRows(input.rows, known, byName), recordId: last.recordId }
    },
  }
}

const taken = (): Problem => fault('key', text('已有同名的基础数据库', 'There is one of this key'))

const fault = (path: string, message: { zh: string; en: string }): Problem =>
  new Problem('content-incomplete', { condition: message, errors: [{ path, message }] })
