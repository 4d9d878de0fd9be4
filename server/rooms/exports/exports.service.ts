import { newId } from '@tiaoli/kernel/ids'
import { text } from '@tiaoli/kernel/text'
import { callerOf, gatewayProblem, outcomeProblem } from '../../foundations/gateway/index.ts'
import type { ByteRange } from '../../foundations/http/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import { LakeError } from '../../foundations/lake/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { type MadeFile, packageOfExport } from './data-package.rules.ts'
import type { ExportsDeps } from './exports.deps.ts'
import type { Asked, ExportFile } from './exports.store.ts'
import * as store from './exports.store.ts'
import { createMaking, exportJob } from './making.ts'

export type Exports = ReturnType<typeof createExports>

/** Files that one user may have made or lying ready at the same time. */
const mostAtOnce = 10

/**
 * Files that are too large to wait for: asked for, made in the background, collected by whoever asked. What may be
 * given is decided three times: when it is asked for, when it is made and when it is collected.
 */
export function createExports(deps: ExportsDeps) {
  const { database, catalogue, gateway, lake, ledger, jobs, clock } = deps
  const { db } = database
  const making = createMaking(deps)

  /** A file of somebody else is not there. */
  async function requireOwn(session: Session, id: string): Promise<ExportFile> {
    const file = await store.findExport(db, id)
    if (file === undefined || file.userId !== session.user?.id) throw new Problem('not-found')
    return file
  }

  /** Throws for what is not made yet, and for what has passed its time. */
  function requireMade(file: ExportFile): MadeFile {
    const { state, made, sizeBytes, readyAt, expiresAt } = file
    if (state === 'ready' && made !== null && sizeBytes !== null && readyAt !== null)
      if (expiresAt! > clock.now()) return { ...file, made, sizeBytes, readyAt }
    throw new Problem('act-not-available', {
      condition: text('文件尚未生成，或者保存期限已过', 'The file is not made yet, or its time has passed'),
      remedy: text('请查看进展，必要时重新生成', 'See how it comes along, or have it made anew'),
    })
  }

  const recordOf = (session: Session, entryId: string, grantId: string | null) => ({
    userId: session.user?.id ?? null,
    organisationId: session.user?.organisation?.id ?? null,
    entryId,
    grantId,
  })

  return {
    making,

    async start(session: Session, entryId: string, asked: Asked): Promise<ExportFile> {
      const caller = callerOf(session)
      if (caller.userId === null) throw new Problem('not-signed-in')
      const plan = await gateway.consider(caller, entryId, asked, asked).catch((error: unknown) => {
        throw gatewayProblem(error)
      })
      if (!plan.ok) throw outcomeProblem(plan)
      const id = newId()
      const { userId, organisationId } = caller
      const { grantId } = plan.value
      await database.inTransaction(async (tx) => {
        await store.lockUser(tx, userId)
        if ((await store.findExportsOf(tx, userId)).length >= mostAtOnce) throw tooMany()
        await store.insertExport(
          tx,
          { id, entryId, userId, organisationId, caller, request: asked, grantId },
          clock.now(),
        )
        await ledger.record(tx, {
          ...recordOf(session, entryId, grantId),
          kind: 'export.asked',
          article: plan.value.article,
          payload: { export: id, format: asked.format, fields: plan.value.fields.map(({ name }) => name) },
        })
        await jobs.file(tx, exportJob, id, clock.now())
      })
      return requireOwn(session, id)
    },

    list: (session: Session, grantId?: string): Promise<ExportFile[]> =>
      store.findExportsOf(db, session.user?.id ?? '', grantId),

    get: requireOwn,

    /** The file, or a part of it, if what would be given now is still what it holds. */
    async collect(
      session: Session,
      id: string,
      partOf: (file: { readonly sizeBytes: number; readonly etag: string }) => ByteRange | null,
    ) {
      const file = requireMade(await requireOwn(session, id))
      const { made, request, entryId } = file
      const part = partOf({ sizeBytes: file.sizeBytes, etag: etagOf(file) })
      // By the grant that it was made under, and no other that the owner may hold meanwhile.
      const purpose = { ...request, ...(made.plan.grantId !== null && { grantId: made.plan.grantId }) }
      const outcome = await gateway
        .collect(callerOf(session), entryId, { ...made, ...(part && { bytes: part }) }, purpose, () =>
          lake.kept.read(id, part ?? undefined),
        )
        .catch((error: unknown) => {
          const gone = error instanceof LakeError && error.code === 'staged-missing'
          throw gone ? new Problem('not-found', {}, error) : gatewayProblem(error)
        })
      if (!outcome.ok) throw outcomeProblem(outcome)
      return { file, part, stream: outcome.value.value, recordId: outcome.value.recordId }
    },

    /** What is known of the file, for whoever keeps it beside the file. */
    async describe(session: Session, id: string) {
      const file = requireMade(await requireOwn(session, id))
      return packageOfExport(file, (await catalogue.find(file.entryId))!.content)
    },

    async drop(session: Session, id: string): Promise<void> {
      const { entryId, grantId } = await requireOwn(session, id)
      await database.inTransaction(async (tx) => {
        await store.deleteExport(tx, id)
        await ledger.record(tx, {
          ...recordOf(session, entryId, grantId),
          kind: 'export.dropped',
          payload: { export: id },
        })
      })
      await lake.kept.remove(id)
    },

    titlesOf: catalogue.titlesOf,
  }
}

/** The bytes of a file that was made never change: their digest names them (RFC 9110, 8.8.3). */
export const etagOf = ({ made }: ExportFile): string => `"${made?.sha256 ?? ''}"`

const tooMany = (): Problem =>
  new Problem('too-many-requests', {
    condition: text(
      `本人名下的后台文件已达到平台的上限：${mostAtOnce} 个。这是平台的设定，不是条例的规定。`,
      `There are as many files made for you as the platform keeps at once: ${mostAtOnce}. It is a setting of the platform, not of the regulation.`,
    ),
    remedy: text('请先领取并删除不再需要的文件。', 'Collect and delete those that you no longer need.'),
    retryAfterSeconds: 60,
  })
