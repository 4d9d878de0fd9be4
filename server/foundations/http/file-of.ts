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

/** A file that is small enough to be held; what is larger is read to its end and thrown away. */
export async function smallFileOf(
  request: FastifyRequest,
  named: string | undefined,
  largestBytes: number,
): Promise<{ bytes: Buffer; fileName: string }> {
  const { stream, fileName } = await fileOf(request, named)
  const parts: Buffer[] = []
  let length = 0
  for await (const part of stream) {
    const bytes = Buffer.from(part as Uint8Array)
    length += bytes.length
    if (length <= largestBytes) parts.push(bytes)
  }
  if (length > largestBytes)
    throw new Problem('too-large', {
      condition: text(
        `文件不超过 ${largestBytes / 1024 / 1024} MB`,
        `The file has ${largestBytes / 1024 / 1024} MB at most`,
      ),
    })
  if (!keptForms.test(fileName) || length === 0)
    throw new Problem('file-unreadable', {
      condition: text(
        '文件须为文档、表格、图片或者压缩包，且不能是空文件',
        'The file has to be a document, a table, a picture or an archive, and not empty',
      ),
    })
  return { bytes: Buffer.concat(parts), fileName }
}

/** Forms in which offices keep papers. They are kept and given back as they came, and never opened here. */
const keptForms = /\.(?:pdf|docx?|xlsx?|pptx?|ofd|wps|et|csv|txt|png|jpe?g|zip)$/i
