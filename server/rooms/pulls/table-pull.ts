import { addAbortSignal, Readable } from 'node:stream'
import { type DatabaseReader, readDatabase, type SourceTable } from '../../foundations/outbound/index.ts'
import { type Entry, keyFieldsOf } from '../catalogue/index.ts'
import { type PullsDeps, type Run, SameRows } from './pulls.deps.ts'
import type { Pull } from './pulls.model.ts'
import { findPull } from './pulls.store.ts'
import {
  cannotTell,
  columnsOf,
  type Reading,
  readingOf,
  rowsAhead,
  standingOf,
  stillUnderWay,
} from './tables.rules.ts'

/** The database sorts before it answers. */
const answerMs = 10 * 60_000
const lookAgainMs = 5 * 60_000

type Rows = Extract<Reading, { readonly kind: 'rows' }>

/**
 * Reads a table, or what is new in it, and makes a batch of that. Up to where it has been read moves only when that
 * batch is live: what broke off, or was refused, is read once more.
 */
export async function readTable(deps: PullsDeps, run: Run, pull: Pull, entry: Entry): Promise<void> {
  const { database, aggregation, clock, guard, seal } = deps
  const batch = pull.batchId === null ? null : await aggregation.stateOf(pull.batchId)
  const standing = standingOf(pull, batch)
  if (standing === 'under-way') {
    const nextAt = new Date(clock.now().getTime() + Math.min(pull.everyMinutes * 60_000, lookAgainMs))
    return database.inTransaction((tx) => run.settle(tx, pull, { failure: stillUnderWay, nextAt }))
  }
  const content = entry.pending ?? entry.content
  const columns = columnsOf(
    content.fields.map(({ name }) => name),
    pull.table!.columns,
  )
  const table: SourceTable = { ...pull.table!, columns, changedColumn: null }
  const keys = keyFieldsOf(content).map((name) => columns.find(({ field }) => field === name)!.column)
  const password = pull.sealedToken === null ? null : seal.open(pull.sealedToken)
  const address = { url: new URL(pull.url), user: pull.user ?? '', password, guard, answerMs }

  await readDatabase(address, async (reader) => {
    const { risingColumn } = pull
    const found =
      risingColumn === null
        ? null
        : await reader.progress(table, risingColumn, standing.mark?.value ?? null, clock.now())
    const failure = rowsAhead(found?.ahead ?? 0)
    const reading = readingOf(pull, keys, standing.mark, found)
    if (reading.kind === 'late') return run.fail(pull, cannotTell)
    if (reading.kind === 'nothing')
      return database.inTransaction((tx) =>
        run.settle(tx, pull, { mark: reading.mark, pendingMark: null, failure }),
      )
    const settled = { failure, mark: standing.mark, pendingMark: reading.mark }
    try {
      await aggregation.takeIn(
        entry,
        { id: pull.userId, name: pull.userName },
        rowsOf(reader, table, reading, run.signal),
        // Rows of a table are no file of any format: the name has no ending.
        { fileName: nameOf(table), encoding: 'utf-8', mode: reading.mode, autoAccept: true },
        async (tx, batchId, { sha256 }) => {
          if ((await findPull(tx, pull.id)) === undefined) throw new SameRows()
          // Rows that are appended count each time; others change nothing where they are the same.
          if (reading.mode !== 'append' && sha256 === standing.sha256) throw new SameRows()
          await run.settle(tx, pull, { ...settled, sha256, batchId, changedAt: clock.now() })
        },
      )
    } catch (error) {
      if (!(error instanceof SameRows)) throw error
      await database.inTransaction((tx) =>
        run.settle(tx, pull, { ...settled, mark: reading.mark, pendingMark: null }),
      )
    }
  })
}

const rowsOf = (
  reader: DatabaseReader,
  table: SourceTable,
  { extent }: Rows,
  signal: AbortSignal,
): Readable => addAbortSignal(signal, Readable.from(reader.lines(table, extent), { objectMode: false }))

const nameOf = ({ schema, name }: Pick<SourceTable, 'schema' | 'name'>): string =>
  (schema === null ? name : `${schema}/${name}`).replaceAll('.', '_').slice(0, 200)
