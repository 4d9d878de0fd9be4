import type { Batch, BatchMode } from '@tiaoli/contract/aggregation'
import { ProblemError, urlOf } from '@tiaoli/contract/client'
import type { Problem } from '@tiaoli/contract/problems'
import type { Descriptor } from '@tiaoli/contract/table-schema'
import { createUpload, finishUpload } from '@tiaoli/contract/uploads'
import { DetailedError, Upload } from 'tus-js-client'
import { call } from '../../kit/api.ts'

export type Sending = { readonly done: Promise<Batch>; readonly cancel: () => void }

/** Pauses after which a broken line is tried again. */
const retryAfterMs = [0, 1_000, 3_000, 5_000, 10_000, 20_000, 30_000]

/**
 * Sends a file in parts and tells how far it is. A broken line is taken up where it broke; the same file chosen again,
 * even after the browser was closed, goes on where it stopped.
 */
export function sendFile(
  entryId: string,
  file: File,
  { mode, descriptor }: { mode: BatchMode; descriptor: Descriptor | undefined },
  onProgress: (fraction: number) => void,
): Sending {
  const sending = Promise.withResolvers<string>()
  const upload = new Upload(file, {
    endpoint: urlOf(createUpload, { entryId }, { mode }),
    metadata: { filename: file.name },
    retryDelays: retryAfterMs,
    removeFingerprintOnSuccess: true,
    onProgress: (sent, total) => onProgress(total > 0 ? sent / total : 0),
    onError: (error) => sending.reject(problemIn(error)),
    onSuccess: () => sending.resolve(upload.url!.split('/').at(-1)!),
  })
  const begin = async () => {
    const [earlier] = await upload.findPreviousUploads()
    if (earlier !== undefined) upload.resumeFromPreviousUpload(earlier)
    upload.start()
    const uploadId = await sending.promise
    return call(finishUpload, { params: { uploadId }, body: { mode, accept: 'review', descriptor } })
  }
  return { done: begin(), cancel: () => void upload.abort(true) }
}

/** The refusal in the answer, where there is one. */
function problemIn(error: Error | DetailedError): Error {
  const answer = error instanceof DetailedError ? error.originalResponse : null
  if (!answer?.getHeader('content-type')?.startsWith('application/problem+json'))
    return new Error('connection')
  return new ProblemError(JSON.parse(answer.getBody()) as Problem)
}
