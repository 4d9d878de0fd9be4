import * as contract from '@tiaoli/contract/streams'
import type { Mount } from '../../foundations/http/index.ts'
import type { BatchState } from '../aggregation/index.ts'
import type { Timeliness } from '../catalogue/index.ts'
import type { Stream } from './streams.model.ts'
import type { Streams } from './streams.service.ts'

const present = (
  stream: Stream,
  { dueBefore, late }: Timeliness,
  batchState: BatchState | null,
): contract.Stream => ({
  id: stream.id,
  entryId: stream.entryId,
  url: stream.url,
  topic: stream.topic,
  user: stream.user,
  hasPassword: stream.sealedPassword !== null,
  mode: stream.mode,
  everyMessages: stream.everyMessages,
  everySeconds: stream.everySeconds,
  state: stream.state,
  failure: stream.failure,
  heardAt: stream.heardAt?.toISOString() ?? null,
  heard: stream.heard,
  malformed: stream.malformed,
  waiting: stream.waiting,
  batchId: stream.batchId,
  batchState,
  dueBefore: dueBefore?.toISOString() ?? null,
  late,
})

export function mountStreams(mount: Mount, streams: Streams): void {
  const show = async (stream: Stream) =>
    present(stream, await streams.timeliness(stream), await streams.batchState(stream))

  mount(contract.createStream, async ({ params, body, session }) =>
    show(await streams.create(session, params.entryId, body)),
  )
  mount(contract.listStreams, async ({ params, session }) => ({
    items: await Promise.all((await streams.list(session, params.entryId)).map(show)),
  }))
  mount(contract.removeStream, async ({ params, session }) => {
    await streams.remove(session, params.streamId)
    return { removed: true as const }
  })
}
