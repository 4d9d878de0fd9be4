import type { Readable } from 'node:stream'
import { text } from '@tiaoli/kernel/text'
import type { FastifyRequest } from 'fastify'
import { Problem } from '../problems/index.ts'
import { isStorable } from './storable.ts'

/** The file of an upload: the first of a form, or the body itself under the name that the query gives. */
export async function fileOf(
  request: FastifyRequest,
  named: string | undefined,
): Promise<{ stream: Readable; fileName: string }> {
  const part = request.isMultipart() ? await request.file().catch(malformedForm) : undefined
  const stream = part?.file ?? (isStream(request.body) ? request.body : undefined)
  const fileName = named ?? part?.filename
  if (stream !== undefined && fileName !== undefined && isStorable(fileName)) return { stream, fileName }
  throw new Problem('bad-request', {
    condition: text('没有收到文件，或未注明文件名', 'No file was sent, or its name was not given'),
    remedy: text(
      '请以 multipart/form-data 上传，或将文件作为请求正文（application/octet-stream）并在 filename 参数中注明文件名。',
      'Send it as multipart/form-data, or as the body (application/octet-stream) with its name in the query parameter filename.',
    ),
  })
}

/** What the form's parser cannot read has no code of its own. */
function malformedForm(error: Error & { statusCode?: number }): never {
  throw error.statusCode === undefined ? new Problem('bad-request', {}, error) : error
}

const isStream = (body: unknown): body is Readable =>
  typeof (body as Readable | undefined)?.pipe === 'function'
