import { text } from '@tiaoli/kernel/text'
import { LimitReached } from '../../foundations/gateway/index.ts'
import type { ExportsDeps } from './exports.deps.ts'
import * as store from './exports.store.ts'

export const exportJob = 'export.make'
export const exportExpiredJob = 'export.expire'

/** How long a file lies ready: a day and a night. Not statutory: data that lie about are data that can leak. */
const keptForMs = 24 * 3_600_000

/** After which a file that found another being made asks again. */
const turnMs = 3_000

/** Makes a file once the limits allow it, tells its owner, and takes it away when its time has passed. */
export function createMaking({ database, catalogue, gateway, lake, notices, jobs, clock }: ExportsDeps) {
  const { db } = database
  /** One at a time on a node: the workers of the background are for everybody. */
  let busy = false

  const linkOf = ({ grantId, entryId }: store.ExportFile): string =>
    grantId === null ? `/entries/${entryId}` : `/desk/grants/${grantId}`

  /** Nothing of it is kept where its owner has dropped it meanwhile. */
  async function settle(
    file: store.ExportFile,
    state: 'refused' | 'failed',
    refusal: store.ExportFile['refusal'],
  ) {
    await lake.kept.remove(file.id)
    const title = (await catalogue.find(file.entryId))?.content.title ?? ''
    const expiresAt = new Date(clock.now().getTime() + keptForMs)
    await database.inTransaction(async (tx) => {
      if (!(await store.writeState(tx, file.id, state, refusal))) return
      await jobs.file(tx, exportExpiredJob, file.id, expiresAt)
      await notices.send(tx, [file.userId], {
        kind: `export.${state}`,
        title: text(`后台文件未能生成：${title}`, `A file could not be made: ${title}`),
        body: refusal?.condition ?? text('请稍后重新生成。', 'Have it made anew later.'),
        link: linkOf(file),
      })
    })
  }

  async function makeOne(id: string, signal: AbortSignal): Promise<void> {
    const file = await store.findExport(db, id)
    if (file === undefined || (file.state !== 'waiting' && file.state !== 'making')) return
    await store.writeState(db, id, 'making')
    const { caller, request, entryId } = file
    const givingUp = new AbortController()
    const outcome = await gateway
      .export(caller, entryId, { ...request, signal: AbortSignal.any([signal, givingUp.signal]) }, request)
      .catch((error: unknown) => {
        if (error instanceof LimitReached) return error.standing.resetSeconds
        throw error
      })
    if (typeof outcome === 'number') {
      // The limit is a matter of time: the file waits for it, as its owner would.
      await store.writeState(db, id, 'waiting')
      return jobs.file(db, exportJob, id, new Date(clock.now().getTime() + outcome * 1000))
    }
    if (!outcome.ok) return settle(file, 'refused', outcome.refusal)
    const { value, plan, snapshotId, recordId } = outcome.value
    const { sizeBytes, sha256 } = await lake.kept.write(id, value.stream, signal).catch((error: unknown) => {
      // The door learns that nothing went out, and frees the place of an export that nobody would read.
      givingUp.abort()
      throw error
    })
    const made = { plan, snapshotId, recordId, rows: value.rowsWritten() ?? 0, sha256 }
    const readyAt = clock.now()
    const expiresAt = new Date(readyAt.getTime() + keptForMs)
    const title = (await catalogue.find(entryId))?.content.title ?? ''
    const wanted = await database.inTransaction(async (tx) => {
      if (!(await store.writeReady(tx, id, made, sizeBytes, readyAt, expiresAt))) return false
      await jobs.file(tx, exportExpiredJob, id, expiresAt)
      await notices.send(tx, [file.userId], {
        kind: 'export.ready',
        title: text(`后台文件已生成：${title}`, `A file is ready: ${title}`),
        body: text('文件保存 24 小时，请及时领取。', 'It is kept for 24 hours.'),
        link: linkOf({ ...file, grantId: file.grantId ?? plan.grantId }),
      })
      return true
    })
    if (!wanted) await lake.kept.remove(id)
  }

  return {
    async make(id: string, signal: AbortSignal): Promise<void> {
      if (busy) return jobs.file(db, exportJob, id, new Date(clock.now().getTime() + turnMs))
      busy = true
      try {
        await makeOne(id, signal)
      } finally {
        busy = false
      }
    },

    async givenUp(id: string): Promise<void> {
      const file = await store.findExport(db, id)
      if (file !== undefined) await settle(file, 'failed', null)
    },

    async expire(id: string): Promise<void> {
      await store.deleteExport(db, id)
      await lake.kept.remove(id)
    },
  }
}
