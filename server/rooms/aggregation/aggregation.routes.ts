import { Readable } from 'node:stream'
import * as contract from '@tiaoli/contract/aggregation'
import { listSnapshots } from '@tiaoli/contract/catalogue'
import type { ProblemCode } from '@tiaoli/contract/problems'
import {
  fileOf,
  isIdText,
  listOf,
  type Mount,
  readCursor,
  writeCursor,
} from '../../foundations/http/index.ts'
import { LakeError, type LakeErrorCode } from '../../foundations/lake/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { type Catalogue, nextLoadDue, stewardOf } from '../catalogue/index.ts'
import type { Batch } from './aggregation.model.ts'
import type { Aggregation } from './aggregation.service.ts'
import { presentBatch, presentSnapshot } from './aggregation.view.ts'

export type AggregationRoutesDeps = {
  readonly aggregation: Aggregation
  readonly catalogue: Catalogue
  readonly now: () => Date
}

/** A batch as it is answered, whichever way its file came. */
export const showsBatch =
  ({ aggregation, catalogue, now }: AggregationRoutesDeps) =>
  async (batch: Batch) =>
    presentBatch(
      batch,
      await catalogue.find(batch.entryId),
      await aggregation.newerThan(batch),
      catalogue.isEditable,
      now(),
    )

export function mountAggregation(mount: Mount, deps: AggregationRoutesDeps): void {
  const { aggregation, catalogue, now } = deps
  const show = showsBatch(deps)

  mount(contract.createBatch, async ({ params, query, session, request }) => {
    // Who may not bring data in is told so before the file is sent.
    await aggregation.requireOwnEntry(session, params.entryId)
    const { stream, fileName } = await fileOf(request, query.filename)
    try {
      return await show(
        await aggregation.receive(session, params.entryId, lent(stream), {
          fileName,
          encoding: query.encoding,
          delimiter: query.delimiter,
          mode: query.mode,
          autoAccept: query.accept === 'auto',
          batchKey: query.batchKey,
        }),
      )
    } catch (error) {
      // The rest is read and thrown away, so that the sender hears the answer instead of a broken connection.
      stream.resume()
      throw problemOfFile(error)
    }
  })
  mount(contract.listBatches, async ({ query, session }) => {
    const organisationId = stewardOf(session)
    const list = listOf('batches', [query.entry])
    const before = readCursor(list, query.cursor, isIdText)
    const batches =
      organisationId === undefined
        ? []
        : await aggregation.batches(organisationId, query.entry, before, query.limit + 1)
    const page = batches.slice(0, query.limit)
    return {
      items: await Promise.all(page.map(show)),
      nextCursor: batches.length > query.limit ? writeCursor(list, page.at(-1)!.id) : null,
    }
  })
  mount(contract.getBatch, async ({ params, session }) =>
    show(await aggregation.requireBatch(session, params.batchId)),
  )
  mount(contract.acceptBatch, async ({ params, body, session }) =>
    show(await aggregation.accept(session, params.batchId, body)),
  )
  mount(contract.describeBatch, async ({ params, body, session }) =>
    show(await aggregation.describe(session, params.batchId, body.descriptor)),
  )
  mount(contract.takeOverSchema, async ({ params, body, session }) =>
    show(await aggregation.takeOver(session, params.batchId, body.table)),
  )
  mount(contract.cancelBatch, async ({ params, session }) =>
    show(await aggregation.cancel(session, params.batchId)),
  )
  mount(contract.getRefusedRows, async ({ params, session, reply }) => {
    const { batch, report } = await aggregation.takeRefusedRows(session, params.batchId)
    reply.header(
      'content-disposition',
      `attachment; filename="refused-${batch.number}.csv"; filename*=UTF-8''${encodeURIComponent(`拒收行-${batch.fileName}.csv`)}`,
    )
    return reply.type(report.contentType).send(report.stream)
  })
  mount(listSnapshots, async ({ params, query, session }) => {
    const entry = await catalogue.requireEntry(session, params.entryId)
    const below = readCursor(
      `snapshots ${entry.id}`,
      query.cursor,
      (value): value is number => Number.isInteger(value) && Math.abs(Number(value)) <= largestNumber,
    )
    const snapshots = await aggregation.snapshots(entry.id, below, query.limit + 1)
    const page = snapshots.slice(0, query.limit)
    const due = nextLoadDue(entry.content, entry.live?.at ?? null)
    return {
      items: page.map((snapshot) => {
        const live = snapshot.id === entry.live?.snapshotId
        return presentSnapshot(snapshot, live, live && due !== null ? due < now() : null)
      }),
      nextCursor:
        snapshots.length > query.limit ? writeCursor(`snapshots ${entry.id}`, page.at(-1)!.number) : null,
    }
  })
}

/** What is wrong with a file, as a problem; any other failure stays what it is. */
export const problemOfFile = (error: unknown): unknown =>
  error instanceof LakeError
    ? new Problem(problems[error.code] ?? 'file-unreadable', { condition: error.public }, error)
    : error

const problems: Partial<Record<LakeErrorCode, ProblemCode>> = {
  'too-large': 'too-large',
  'storage-full': 'storage-unavailable',
}

/** Snapshots are counted in 32 bits. */
const largestNumber = 2 ** 31 - 1

/** The same bytes as a stream that may be given up without breaking the connection that they come from. */
const lent = (stream: Readable): Readable =>
  Readable.from(stream.iterator({ destroyOnReturn: false }), { objectMode: false })
