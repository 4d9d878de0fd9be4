import { type Batch, type BatchMode, createBatch } from '@tiaoli/contract/aggregation'
import { ProblemError, urlOf } from '@tiaoli/contract/client'
import type { Problem } from '@tiaoli/contract/problems'

export type Sending = { readonly done: Promise<Batch>; readonly cancel: () => void }

/**
 * Sends a file and tells how far it is. XMLHttpRequest, because fetch does not report what has been sent.
 */
export function sendFile(
  entryId: string,
  file: File,
  mode: BatchMode,
  onProgress: (fraction: number) => void,
): Sending {
  const request = new XMLHttpRequest()
  const done = new Promise<Batch>((resolve, reject) => {
    request.open('POST', urlOf(createBatch, { entryId }, { filename: file.name, mode, accept: 'review' }))
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onerror = () => reject(new Error('connection'))
    request.onload = () => {
      if (request.status < 300) resolve(request.response as Batch)
      else if (request.response) reject(new ProblemError(request.response as Problem))
      else reject(new Error('connection'))
    }
    request.send(file)
  })
  return { done, cancel: () => request.abort() }
}
