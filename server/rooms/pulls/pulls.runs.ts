import { type Text, text } from '@tiaoli/kernel/text'
import type { Tx } from '../../foundations/database/index.ts'
import { readFile } from './file-pull.ts'
import { type PullsDeps, pullJob } from './pulls.deps.ts'
import type { Pull } from './pulls.model.ts'
import { causeOf } from './pulls.rules.ts'
import * as store from './pulls.store.ts'
import { readTable } from './table-pull.ts'

/** A file of gigabytes over a slow line, a table of millions of rows. */
const longestMs = 3_600_000
const retryAfterMs = 15 * 60_000

/** Readings that are due: each survives the end of the process, and one that fails is told once. */
export function createRuns(deps: PullsDeps) {
  const { database, catalogue, identity, notices, jobs, clock } = deps
  const { db } = database

  /** Whether the one on whose word it is read is still a steward of the entry's provider. */
  const isEntrusted = (pull: Pull, organisationId: string): Promise<boolean> =>
    database.inTransaction(async (tx) =>
      (await identity.members(tx, organisationId, ['steward'])).includes(pull.userId),
    )

  const after = (at: Date, milliseconds: number): Date => new Date(at.getTime() + milliseconds)

  async function settle(tx: Tx, pull: Pull, found: Partial<store.PullChange>): Promise<void> {
    const at = clock.now()
    const settled = {
      ...pull,
      state: 'ok' as const,
      failure: null,
      askedAt: at,
      nextAt: after(at, pull.everyMinutes * 60_000),
      ...found,
    }
    await store.writePull(tx, settled)
    await jobs.file(tx, pullJob, pull.id, settled.nextAt)
  }

  /** Who set it up is told once when it begins to fail. It is tried again soon: what failed may have been short. */
  async function fail(pull: Pull, failure: Text): Promise<void> {
    await database.inTransaction(async (tx) => {
      // Removed meanwhile: there is nothing to be told of.
      const current = await store.findPull(tx, pull.id)
      if (current === undefined) return
      const nextAt = after(clock.now(), Math.min(current.everyMinutes * 60_000, retryAfterMs))
      await settle(tx, current, { state: 'failing', failure, nextAt })
      if (current.state === 'failing') return
      await notices.send(tx, [pull.userId], {
        kind: 'pull.failing',
        title: text('定时拉取未成功', 'A scheduled fetch has failed'),
        body: text(`${new URL(pull.url).host}：${failure.zh}`, `${new URL(pull.url).host}: ${failure.en}`),
        link: `/desk/entries/${pull.entryId}/upload`,
      })
    })
  }

  return {
    async run(id: string, stop: AbortSignal): Promise<void> {
      const pull = await store.findPull(db, id)
      if (pull === undefined) return
      try {
        const entry = await catalogue.find(pull.entryId)
        if (entry === undefined || !(await isEntrusted(pull, entry.providerId)))
          return await fail(pull, noLongerEntrusted)
        const signal = AbortSignal.any([stop, AbortSignal.timeout(longestMs)])
        const read = pull.table === null ? readFile : readTable
        await read(deps, { signal, settle, fail }, pull, entry)
      } catch (error) {
        if (stop.aborted) throw error
        const cause = causeOf(error)
        if (cause === undefined) throw error
        await fail(pull, cause)
      }
    },

    /** A fetch that failed again and again for a reason of the platform's own is not the last one. */
    runLater: (id: string): Promise<void> => jobs.file(db, pullJob, id, after(clock.now(), retryAfterMs)),
  }
}

const noLongerEntrusted = text(
  '登记人已不是提供单位的数据管理员，请由现任数据管理员重新登记',
  'Who set it up is no longer a data steward of the provider; a steward has to set it up anew',
)
