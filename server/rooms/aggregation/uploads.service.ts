import type { BatchMode } from '@tiaoli/contract/aggregation'
import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Database } from '../../foundations/database/index.ts'
import { isStorable } from '../../foundations/http/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { ObjectStore } from '../../foundations/objects/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Batch } from './aggregation.model.ts'
import type { Aggregation, UploadInput } from './aggregation.service.ts'
import { createPartsStore, type PartAnswer, type PartRequest } from './parts-store.ts'
import * as store from './uploads.store.ts'

export type UploadsDeps = {
  readonly database: Database
  readonly aggregation: Aggregation
  readonly jobs: Jobs
  readonly clock: Clock
  /** Where the parts lie, or where they arrive on their way to object storage; of this node alone. */
  readonly folder: string
  /** Where the parts lie for all nodes, if they do. */
  readonly objects: ObjectStore | undefined
  readonly maxUploadBytes: number
}

const expiredJob = 'aggregation.upload-expired'
/** Time for a file of many gigabytes over a weak line, nights included. */
const keptMs = 3 * 24 * 3_600_000
/** Files that one person may be sending at once; together they may be twice as large as the largest file. */
const mostFiles = 10

export type Uploads = ReturnType<typeof createUploads>

/** Files that are sent in parts (tus): begun, gone on with after a break, finished into a batch, or thrown away. */
export function createUploads(deps: UploadsDeps) {
  const { database, aggregation, jobs, clock, maxUploadBytes } = deps
  const { db } = database
  const parts = createPartsStore(deps.folder, maxUploadBytes, deps.objects)

  /** Whoever began it goes on with it; to everybody else it is not there. */
  async function requireOwn(session: Session, id: string): Promise<store.Upload> {
    const upload = await store.findUpload(db, id)
    if (upload === undefined || upload.userId !== session.user!.id) throw new Problem('not-found')
    return upload
  }

  async function drop(id: string): Promise<void> {
    await parts.remove(id)
    await store.deleteUpload(db, id)
  }

  async function offsetOf(id: string): Promise<{ offset: number; answer: PartAnswer }> {
    const answer = await parts.answer({ method: 'HEAD', id, headers: { 'tus-resumable': '1.0.0' } })
    if (answer.status !== 200) throw problemOf(answer)
    return { offset: Number(answer.headers['upload-offset']), answer }
  }

  jobs.handle(expiredJob, drop)

  return {
    requireOwn,
    offsetOf,

    /** Begins an upload; throws where the file would be refused when it has arrived, as far as that is known. */
    async begin(
      session: Session,
      entryId: string,
      mode: BatchMode,
      headers: PartRequest['headers'],
    ): Promise<PartAnswer> {
      const entry = await aggregation.requireOwnEntry(session, entryId)
      const fileName = nameOf(headers['upload-metadata'])
      const length = Number(headers['upload-length'])
      if (fileName === undefined || !Number.isSafeInteger(length) || length < 1) throw malformed()
      if (length > maxUploadBytes) throw new Problem('too-large')
      aggregation.requireWelcome(entry, fileName, mode)
      const id = newId()
      const at = clock.now()
      await database.inTransaction(async (tx) => {
        const { files, bytes } = await store.underWay(tx, session.user!.id)
        if (files >= mostFiles || bytes + length > 2 * maxUploadBytes) throw tooManyUnderWay()
        const expiresAt = new Date(at.getTime() + keptMs)
        await store.insertUpload(tx, {
          id,
          entryId,
          userId: session.user!.id,
          fileName,
          length,
          createdAt: at,
          expiresAt,
          batchId: null,
        })
        await jobs.file(tx, expiredJob, id, expiresAt)
      })
      const answer = await parts.answer({ method: 'POST', id, headers })
      if (answer.status === 201) return answer
      await drop(id)
      throw problemOf(answer)
    },

    async append(
      session: Session,
      id: string,
      request: Omit<PartRequest, 'method' | 'id'>,
    ): Promise<PartAnswer> {
      await requireOwn(session, id)
      const answer = await parts.answer({ ...request, method: 'PATCH', id })
      if (answer.status !== 204) throw problemOf(answer)
      return answer
    },

    async giveUp(session: Session, id: string, headers: PartRequest['headers']): Promise<PartAnswer> {
      await requireOwn(session, id)
      if (headers['tus-resumable'] !== '1.0.0') throw malformed()
      await drop(id)
      return { status: 204, headers: { 'tus-resumable': '1.0.0' } }
    },

    /** Makes the file a batch. Asked again, as after an answer that was lost, it tells of the same batch. */
    async finish(
      session: Session,
      id: string,
      input: Omit<UploadInput, 'fileName' | 'baseSnapshotId'>,
    ): Promise<Batch> {
      const upload = await requireOwn(session, id)
      if (upload.batchId !== null) return aggregation.requireBatch(session, upload.batchId)
      const entry = await aggregation.requireOwnEntry(session, upload.entryId)
      if ((await offsetOf(id)).offset < upload.length) throw notWhole()
      const batch = await aggregation.takeIn(
        entry,
        session.user!,
        parts.read(id),
        { ...input, fileName: upload.fileName },
        async (tx, batchId) => {
          if (!(await store.claimUpload(tx, id, batchId))) throw new Problem('changed-meanwhile')
        },
      )
      await parts.remove(id)
      return batch
    },
  }
}

/** The name of the file among what the protocol tells of it: words in base64, each after its key. */
function nameOf(metadata: string | string[] | undefined): string | undefined {
  if (typeof metadata !== 'string') return undefined
  for (const pair of metadata.split(',')) {
    const [key, value = ''] = pair.trim().split(' ')
    if (key !== 'filename') continue
    const name = Buffer.from(value, 'base64').toString('utf8')
    return name !== '' && name.length <= 255 && isStorable(name) ? name : undefined
  }
  return undefined
}

/** What the protocol's library refuses, as a problem of ours. */
function problemOf({ status }: PartAnswer): Problem {
  if (status === 404 || status === 410) return new Problem('not-found')
  if (status === 409 || status === 423) return new Problem('changed-meanwhile', { remedy: askForOffset })
  if (status === 413) return new Problem('too-large')
  if (status === 403 || status === 415) return new Problem('unsupported-media')
  if (status < 500) return malformed()
  if (status === 503) return new Problem('storage-unavailable', { retryAfterSeconds: 30 })
  return new Problem('internal', {}, new Error(`the upload could not be kept (${status})`))
}

const askForOffset = text(
  '请先以 HEAD 查询已上传的字节数，再从该处续传。',
  'Ask with HEAD how many bytes have arrived, and go on from there.',
)

const malformed = (): Problem =>
  new Problem('bad-request', {
    condition: text(
      '请求不符合 tus 1.0.0 协议：须注明 Tus-Resumable、Upload-Length，并在 Upload-Metadata 中给出 filename',
      'The request is not one of tus 1.0.0: it names Tus-Resumable, Upload-Length, and a filename in Upload-Metadata',
    ),
  })

const notWhole = (): Problem =>
  new Problem('act-not-available', {
    condition: text('文件尚未传完', 'The file has not arrived as a whole'),
    remedy: askForOffset,
  })

const tooManyUnderWay = (): Problem =>
  new Problem('refused-by-platform', {
    condition: text(
      `每人同时上传的文件不超过 ${mostFiles} 个，总量不超过单个文件上限的两倍（平台规则，非法定）`,
      `One person sends ${mostFiles} files at once at most, together twice as large as the largest file (a rule of the platform)`,
    ),
    remedy: text('请先完成或放弃未传完的文件。', 'Finish or give up what is under way.'),
  })
