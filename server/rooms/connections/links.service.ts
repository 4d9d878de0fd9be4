import { Readable } from 'node:stream'
import { text } from '@tiaoli/kernel/text'
import type { Session } from '../../foundations/identity/index.ts'
import { LakeError } from '../../foundations/lake/index.ts'
import type { Row } from '../../foundations/lake/lake.types.ts'
import { atOnce, OutboundError, type SourceTable, TooBusy } from '../../foundations/outbound/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { ConnectionsRules } from '../../foundations/rulebook/index.ts'
import { type Entry, keyFieldsOf } from '../catalogue/index.ts'
import type { ConnectionsDeps } from './connections.deps.ts'
import type { Link, SourceSystem } from './connections.model.ts'
import { modeOf, rowOf, rowUrl, tableOf } from './connections.rules.ts'
import { findSystem } from './connections.store.ts'
import * as store from './links.store.ts'
import { askDatabase, askInterface } from './probe.ts'

/** Rows asked for at their source: each takes a connection of a system that is not the platform's. */
const lookUps = { most: 4, waiting: 16, waitMs: 2_000 }

/** What the room's other half decides. */
type Room = {
  readonly offered: () => ConnectionsRules
  readonly requireSystem: (session: Session, id: string) => Promise<SourceSystem>
  readonly requireSteward: (session: Session, organisationId: string | undefined) => string
  readonly check: (systemId: string) => Promise<void>
}

export type LinkWords = {
  readonly entryId: string
  readonly atSource: boolean
  readonly table: Parameters<typeof tableOf>[0] | null
}

/** Entries and the systems in which their rows lie: linked, read there by key, and brought in whole. */
export function createLinks(deps: ConnectionsDeps, { offered, requireSystem, requireSteward, check }: Room) {
  const { database, rulebook, catalogue, ledger } = deps
  const { db } = database
  const turns = atOnce(lookUps)

  /** A database is read where its steward says; an interface says itself what it has. */
  function placeOf(system: SourceSystem, entry: Entry, given: LinkWords['table']): SourceTable | null {
    const wrong = (zh: string, en: string, path = 'table') =>
      new Problem('content-incomplete', {
        condition: text(zh, en),
        errors: [{ path, message: text(zh, en) }],
      })
    const isDatabase = modeOf(system.url) === 'database'
    if (!isDatabase && given !== null)
      throw wrong('该系统未登记数据库地址，不能指定数据表', 'The system has no database to name a table of')
    if (!isDatabase || given === null) {
      if (isDatabase) throw wrong('请写明数据所在的表或者视图', 'Say in which table or view the rows lie')
      return null
    }
    const fields = entry.content.fields.map(({ name }) => name)
    const table = tableOf(given, fields)
    if (table === undefined)
      throw wrong('有的信息项不在该目录条目中', 'A field is named that the entry has not', 'table.columns')
    return table
  }

  async function loaded(
    system: SourceSystem,
    link: Link & { readonly table: SourceTable },
    session: Session,
  ) {
    const entry = await deps.aggregation().requireOwnEntry(session, link.entryId)
    // Rows of a table are no file of any format: the name has no ending.
    const fileName = tableName(link.table).replaceAll('.', '_')
    const input = { fileName, encoding: 'utf-8', autoAccept: true }
    return askDatabase(system, deps, (reader) =>
      deps
        .aggregation()
        .takeIn(
          entry,
          session.user!,
          Readable.from(reader.lines(link.table), { objectMode: false }),
          input,
          async (tx, batchId) => {
            await ledger.record(tx, {
              kind: 'system.loaded',
              userId: session.user!.id,
              organisationId: system.organisationId,
              entryId: entry.id,
              article: offered().article,
              outcome: 'read',
              payload: { systemId: system.id, batchId },
            })
          },
        ),
    )
  }

  return {
    /** How the system stands from which the data of an entry come; of several, one whose data are stale. */
    async ofEntry(entryId: string) {
      const links = await store.findLinksOfEntry(db, entryId)
      const link = links.find(({ stale }) => stale) ?? links[0]
      const system = link && (await findSystem(db, link.systemId))
      if (system === undefined) return null
      const changedAt = modeOf(system.url) === 'database' ? link!.measure?.changedAt : system.changedAt
      return { system: system.name, state: system.state, stale: link!.stale, changedAt: changedAt ?? null }
    },

    /** Links an entry to the system; with `atSource` its rows stay there and are answered from there. */
    async link(session: Session, id: string, { entryId, atSource, table: given }: LinkWords): Promise<void> {
      const ordered = offered()
      const system = await requireSystem(session, id)
      const own = requireSteward(session, system.organisationId)
      const entry = await catalogue.find(entryId)
      // Another body's entry is known once it is published; before that it is as little there as any unknown one.
      const known = entry !== undefined && entry.providerId === own
      const { managed } = rulebook.catalogue
      if (managed !== undefined && !entry?.published) throw new Problem('refused-by-law', managed)
      if (!known) throw new Problem('not-found')
      if (!entry.published)
        throw new Problem('act-not-available', {
          condition: text(
            '目录条目尚未确认发布，不能接入',
            'The entry has not been confirmed and published, so nothing can be connected for it',
          ),
          remedy: text('请先完成目录条目的确认和发布。', 'Have the entry confirmed and published first.'),
        })
      if (atSource && ordered.atSource === undefined)
        throw new Problem('act-not-available', {
          condition: text(
            '本市条例未规定数据可以留存于来源系统',
            'The regulation of this city does not leave data at their source',
          ),
        })
      if (atSource && entry.live !== null)
        throw new Problem('act-not-available', {
          condition: text('该条目的数据已汇聚到平台', 'The data of this entry are on the platform already'),
        })
      const table = placeOf(system, entry, given)
      await database.inTransaction(async (tx) => {
        await store.linkEntry(tx, id, entryId, table)
        if (atSource) await catalogue.setHeldAt(tx, entryId, { systemId: id, system: system.name })
        await ledger.record(tx, {
          kind: 'system.linked',
          userId: session.user!.id,
          organisationId: own,
          entryId,
          article: (atSource ? ordered.atSource : ordered)!.article,
          outcome: atSource ? 'at-source' : 'linked',
          payload: { systemId: id, table: table && tableName(table) },
        })
      })
      if (atSource) deps.onHeldAt(entryId)
      if (table !== null) await check(id)
    },

    /**
     * Reads the whole table of an entry and takes it in like a file. What breaks off half way leaves nothing behind:
     * the snapshot that was live stays so.
     */
    async load(session: Session, id: string, entryId: string) {
      offered()
      const system = await requireSystem(session, id)
      requireSteward(session, system.organisationId)
      const link = (await store.findLinks(db, [id])).find((each) => each.entryId === entryId)
      if (link === undefined) throw new Problem('not-found')
      const { table } = link
      if (table === null)
        throw new Problem('act-not-available', {
          condition: text(
            '该条目不是从数据库接入的，请上传文件',
            'The entry is not connected by a database; upload a file instead',
          ),
        })
      try {
        return await loaded(system, { ...link, table }, session)
      } catch (error) {
        if (error instanceof LakeError && error.code === 'too-large')
          throw new Problem('too-large', { condition: error.public }, error)
        const broken = error instanceof LakeError ? error.cause : error
        if (broken instanceof OutboundError && broken.code === 'too-large')
          throw new Problem('too-large', { condition: rowTooLong }, error)
        if (!(error instanceof OutboundError || (error instanceof LakeError && error.code === 'truncated')))
          throw error
        await check(id)
        throw new Problem(
          'source-unavailable',
          {
            condition: text(
              '读取来源数据库时中断，本次数据未入库；已有数据继续使用',
              'The database broke off while it was read; nothing of it was taken in, and what was live stays so',
            ),
            remedy: text(
              '请查看系统的检测记录，恢复后重新读取。',
              'See what the check found, then read it again.',
            ),
          },
          error,
        )
      }
    },

    /** One row, asked for where it lies. @throws Problem `source-unavailable` */
    async rowAtSource(
      systemId: string,
      entryId: string,
      key: readonly string[],
      fields: readonly string[],
    ): Promise<Row | null> {
      const system = await findSystem(db, systemId)
      if (system === undefined || system.url === null) throw new Problem('source-unavailable')
      try {
        const given = await turns.run(system.id, () =>
          modeOf(system.url) === 'database'
            ? rowInTable(system, entryId, key, fields)
            : rowOfInterface(system, key),
        )
        if (given === undefined) return null
        const row = rowOf(given, fields)
        if (row === undefined) throw new Problem('source-unavailable')
        return row
      } catch (cause) {
        if (cause instanceof TooBusy)
          throw new Problem('source-unavailable', { ...tooMany, retryAfterSeconds: cause.seconds }, cause)
        if (!(cause instanceof OutboundError)) throw cause
        const why = cause.code === 'too-large' ? { condition: rowTooLong } : {}
        throw new Problem('source-unavailable', why, cause)
      }
    },
  }

  async function rowOfInterface(system: SourceSystem, key: readonly string[]): Promise<unknown> {
    const url = rowUrl(system.url!, key)
    return url && askInterface(system, url, deps)
  }

  async function rowInTable(
    system: SourceSystem,
    entryId: string,
    key: readonly string[],
    fields: readonly string[],
  ): Promise<unknown> {
    const link = (await store.findLinksOfEntry(db, entryId)).find(({ systemId }) => systemId === system.id)
    const entry = await catalogue.find(entryId)
    if (!link?.table || entry === undefined) throw new Problem('source-unavailable')
    const { table } = link
    const names = keyFieldsOf(entry.content)
    const asked = Object.fromEntries(names.map((name, place) => [name, key[place] ?? '']))
    const row = await askDatabase(system, deps, (reader) => reader.row(table, asked, fields))
    return row && { row }
  }
}

const tableName = ({ schema, name }: SourceTable): string => (schema === null ? name : `${schema}.${name}`)

const tooMany = {
  condition: text(
    '同时向该来源系统的查询过多',
    'More is asked of the system in which these rows lie than the platform asks of it at once',
  ),
  remedy: text('请稍后再试。', 'Try again shortly.'),
}

const rowTooLong = text(
  '来源数据库中有一行过长，超过平台一次读取的限度',
  'A row in the source is longer than the platform reads at once',
)
