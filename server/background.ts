import { attestationJobs, cosignJob, indexJob } from './attestation.ts'
import { overdueJob, remindJob } from './foundations/casework/index.ts'
import { keyEndingJob } from './foundations/identity/index.ts'
import type { Parts } from './parts.ts'
import { calendarJob, yearOfSubject } from './rooms/calendar/index.ts'
import { systemCheckJob } from './rooms/connections/index.ts'
import { dutyJob } from './rooms/duties/index.ts'
import { exportExpiredJob, exportJob } from './rooms/exports/index.ts'
import { harvestDueJob, harvestRunJob } from './rooms/harvesting/index.ts'
import { pullJob } from './rooms/pulls/index.ts'
import { grantExpiredJob, grantExpiringJob } from './rooms/sharing/index.ts'
import { streamBatchJob, streamSilentJob } from './rooms/streams/index.ts'
import { subscriptionRoundJob } from './rooms/subscriptions/index.ts'
import { beatJob } from './rooms/systems/index.ts'
import { taskDueJob } from './rooms/tasks/index.ts'
import { reindexJob } from './rooms/vocabulary/index.ts'

/** Says who does each kind of work in the background. */
export function handleJobs(parts: Parts): void {
  const { cases, casework, catalogue, connections, duties, exports, grantLife, identity, jobs, systems } =
    parts
  const { tasks, years, clock } = parts
  const attestation = attestationJobs(parts, parts)
  jobs.handle(indexJob, () => attestation.index())
  jobs.handle(cosignJob, () => attestation.cosign())
  jobs.handle(beatJob, () => systems.beat())
  jobs.handle(systemCheckJob, (systemId) => connections.check(systemId), connections.checkLater)
  jobs.handle(pullJob, parts.pulls.run, parts.pulls.runLater)
  jobs.handle(streamBatchJob, parts.streams.makeBatch, parts.streams.makeLater)
  jobs.handle(streamSilentJob, (streamId) => parts.streams.watchForSilence(streamId))
  jobs.handle(harvestDueJob, (sourceId) => parts.harvesting.sources.onDue(sourceId))
  const { runner } = parts.harvesting
  jobs.handle(harvestRunJob, (runId, signal) => runner.execute(runId, signal), runner.giveUp)
  jobs.handle(subscriptionRoundJob, parts.subscriptions.holdRound)
  jobs.handle(taskDueJob, (entryId) => tasks.onDue(entryId))
  jobs.handle(exportJob, exports.making.make, exports.making.givenUp)
  jobs.handle(exportExpiredJob, exports.making.expire)
  jobs.handle(grantExpiringJob, (grantId) => grantLife.warnOfExpiry(grantId))
  jobs.handle(grantExpiredJob, (grantId) => grantLife.expire(grantId))
  jobs.handle(reindexJob, (_, signal) => catalogue.indexBehind(signal))
  jobs.handle(dutyJob, (subject) => duties.onDate(subject))
  jobs.handle(calendarJob, async (subject) => {
    await years.refresh(undefined, true)
    await cases.recompute(yearOfSubject(subject))
  })
  jobs.handle(keyEndingJob, (keyId) => identity.keys.warn(keyId))
  jobs.handle(overdueJob, async () => void (await cases.markOverdue(clock.now())))
  jobs.handle(remindJob, async (subject) => {
    const view = await cases.get(casework.caseOfReminder(subject), null)
    if (view !== undefined) await casework.remind(view, subject)
  })
}
