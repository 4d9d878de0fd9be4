import { civilDateOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { dueAgain } from '../catalogue/index.ts'
import { type StreamsDeps, streamSilentJob } from './streams.deps.ts'
import * as store from './streams.store.ts'

/** An entry that promises no time may promise one later. */
const lookAgainMs = 24 * 3_600_000

/**
 * Tells that the messages of a stream have ceased: connected or not, none came within the update cycle of the entry. Of
 * one silence it is told once. The job files itself anew for as long as the stream exists.
 */
export function createSilence({ database, catalogue, identity, notices, jobs, clock }: StreamsDeps) {
  const { db } = database
  return {
    async watch(id: string): Promise<void> {
      const stream = await store.findStream(db, id)
      const entry = stream && (await catalogue.find(stream.entryId))
      if (entry === undefined || stream === undefined) return
      const now = clock.now().getTime()
      const since = stream.heardAt ?? stream.createdAt
      const due = dueAgain(entry.content.updateCycle, since)
      if (due === null || due.getTime() >= now)
        return jobs.file(
          db,
          streamSilentJob,
          id,
          new Date(due === null ? now + lookAgainMs : due.getTime() + 1),
        )
      await database.inTransaction(async (tx) => {
        await jobs.file(tx, streamSilentJob, id, new Date(now + due.getTime() - since.getTime()))
        if (!(await store.markSilent(tx, id, since))) return
        const stewards = await identity.members(tx, entry.providerId, ['steward'])
        await notices.send(tx, [...new Set([stream.userId, ...stewards])], {
          kind: 'stream.silent',
          title: text(
            `《${entry.content.title}》的消息流没有新消息`,
            `No messages for “${entry.content.title}”`,
          ),
          body: text(
            `主题 ${stream.topic} 自 ${civilDateOf(since)} 起没有新消息，已超过目录登记的更新周期。该周期依目录确定，非法定期限。`,
            `Nothing has come on ${stream.topic} since ${civilDateOf(since)}, longer than the update cycle of the entry, which rests on the catalogue and is not statutory.`,
          ),
          link: `/desk/entries/${stream.entryId}/upload`,
        })
      })
    },
  }
}
