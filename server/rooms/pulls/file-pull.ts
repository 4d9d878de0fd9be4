import { getStream } from '../../foundations/outbound/index.ts'
import type { Entry } from '../catalogue/index.ts'
import { type PullsDeps, type Run, SameRows } from './pulls.deps.ts'
import type { Pull } from './pulls.model.ts'
import { conditionsOf, fileNameOf } from './pulls.rules.ts'
import { findPull } from './pulls.store.ts'

/** Fetches a file, and makes a batch of it where it is another than the last one. */
export async function readFile(deps: PullsDeps, run: Run, pull: Pull, entry: Entry): Promise<void> {
  const { database, aggregation, clock, guard, seal } = deps
  const headers = conditionsOf(pull)
  if (pull.sealedToken !== null) headers.authorization = `Bearer ${seal.open(pull.sealedToken)}`
  const answer = await getStream({ url: new URL(pull.url), guard, headers }, run.signal)
  if (answer === 'not-modified') return database.inTransaction((tx) => run.settle(tx, pull, {}))
  const { etag, lastModified, stream } = answer
  const input = { fileName: fileNameOf(pull.url), mode: pull.mode, autoAccept: true }
  const user = { id: pull.userId, name: pull.userName }
  try {
    await aggregation.takeIn(entry, user, stream, input, async (tx, batchId, { sha256 }) => {
      if ((await findPull(tx, pull.id)) === undefined || sha256 === pull.sha256) throw new SameRows()
      await run.settle(tx, pull, { etag, lastModified, sha256, batchId, changedAt: clock.now() })
    })
  } catch (error) {
    if (!(error instanceof SameRows)) throw error
    // The server does not say that nothing is new, but nothing is.
    await database.inTransaction((tx) => run.settle(tx, pull, { etag, lastModified }))
  } finally {
    stream.destroy()
  }
}
