import * as contract from '@tiaoli/contract/streams'
import type { Mount } from '../../foundations/http/index.ts'
import type { Stream } from './streams.model.ts'
import type { Streams } from './streams.service.ts'

const present = (stream: Stream): contract.Stream => ({
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
})

export function mountStreams(mount: Mount, streams: Streams): void {
  mount(contract.createStream, async ({ params, body, session }) =>
    present(await streams.create(session, params.entryId, body)),
  )
  mount(contract.listStreams, async ({ params, session }) => ({
    items: (await streams.list(session, params.entryId)).map(present),
  }))
  mount(contract.removeStream, async ({ params, session }) => {
    await streams.remove(session, params.streamId)
    return { removed: true as const }
  })
}
