import { Readable } from 'node:stream'
import * as contract from '@tiaoli/contract/uploads'
import type { FastifyReply } from 'fastify'
import type { Mount } from '../../foundations/http/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { type AggregationRoutesDeps, problemOfFile, showsBatch } from './aggregation.routes.ts'
import type { PartAnswer } from './parts-store.ts'
import type { Uploads } from './uploads.service.ts'

export type UploadsRoutesDeps = AggregationRoutesDeps & { readonly uploads: Uploads }

const tell = (reply: FastifyReply, { status, headers }: PartAnswer) =>
  reply.code(status).headers(headers).send()

export function mountUploads(mount: Mount, { uploads, ...deps }: UploadsRoutesDeps): void {
  const show = showsBatch(deps)
  mount(contract.createUpload, async ({ params, query, session, request, reply }) =>
    tell(reply, await uploads.begin(session, params.entryId, query.mode, request.headers)),
  )
  mount(contract.getUpload, async ({ params, session, request, reply }) => {
    const upload = await uploads.requireOwn(session, params.uploadId)
    const { id, entryId, fileName, length, createdAt, expiresAt, batchId } = upload
    // A finished one has given its bytes away.
    const { offset, answer } =
      batchId === null
        ? await uploads.offsetOf(id)
        : { offset: length, answer: { headers: wholeHeaders(length) } }
    if (request.method === 'HEAD') reply.headers(answer.headers)
    return {
      id,
      entryId,
      fileName,
      length,
      offset,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      batchId,
    }
  })
  mount(contract.appendUpload, async ({ params, session, request, reply }) => {
    const { body, headers } = request
    if (!(body instanceof Readable)) throw new Problem('unsupported-media')
    return tell(reply, await uploads.append(session, params.uploadId, { headers, body }))
  })
  mount(contract.dropUpload, async ({ params, session, request, reply }) =>
    tell(reply, await uploads.giveUp(session, params.uploadId, request.headers)),
  )
  mount(contract.finishUpload, async ({ params, body, session }) => {
    const batch = await uploads
      .finish(session, params.uploadId, { ...body, autoAccept: body.accept === 'auto' })
      .catch((error: unknown) => {
        throw problemOfFile(error)
      })
    return show(batch)
  })
}

const wholeHeaders = (length: number) => ({
  'tus-resumable': '1.0.0',
  'upload-offset': String(length),
  'upload-length': String(length),
})
