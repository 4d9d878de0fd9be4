import type { Socket } from 'node:net'
import { preferredLanguage, text } from '@tiaoli/kernel/text'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { LedgerError } from '../ledger/index.ts'
import { ObjectError } from '../objects/index.ts'
import { documentOf, Problem } from '../problems/index.ts'

const mediaType = 'application/problem+json; charset=utf-8'

/** Answers any failure with a problem document; what is our own fault goes to the log with its cause. */
export function answerProblem(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const problem = error instanceof Problem ? error : problemOf(error)
  if (problem.status >= 500) request.log.error(problem.cause ?? error)
  if (problem.parts.retryAfterSeconds !== undefined)
    reply.header('retry-after', Math.ceil(problem.parts.retryAfterSeconds))
  const language = preferredLanguage(request.headers['accept-language'])
  reply
    .code(problem.status)
    .type(mediaType)
    .send(documentOf(problem, language, request.url.split('?')[0]!))
}

/** Answers what is not HTTP at all, or has headers without end: there is no request yet to reply to. */
export function refuseBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return
  const problem = new Problem('bad-request')
  const body = JSON.stringify(documentOf(problem, 'zh', ''))
  socket.end(
    `HTTP/1.1 ${problem.status} Bad Request\r\ncontent-type: ${mediaType}\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  )
}

/** After what time a disk that was full, or a queue, may have room again. */
const retryAfterSeconds = 5
const storageRetrySeconds = 30

/** What a route that tells failures in other words is given: the framework's own complaints are problems by then. */
export const knownFailure = (error: FastifyError): Error =>
  typeof error.code === 'string' && error.code.startsWith('FST_') ? problemOf(error) : error

/** Nothing has been lost: what was not stored was not acknowledged, and what was stored stays. */
const storageProblem = (error: ObjectError): Problem =>
  new Problem(
    'storage-unavailable',
    {
      condition: error.public,
      remedy: text(
        '现有数据不受影响，请稍后重试；持续出现的，请告知平台运维人员。',
        'The data that are there stay as they are. Try again later; where it lasts, tell the operators of the platform.',
      ),
      retryAfterSeconds: storageRetrySeconds,
    },
    error,
  )

/** What the framework itself complains about, and acts that could not be recorded, as problems of ours. */
function problemOf(error: FastifyError): Problem {
  if (error instanceof LedgerError && error.status === 503)
    return new Problem('record-unavailable', { condition: error.text, retryAfterSeconds }, error)
  if (error instanceof ObjectError) return storageProblem(error)
  switch (error.code) {
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new Problem('not-json')
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return new Problem('too-large')
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
      return new Problem('unsupported-media')
  }
  const status = error.statusCode ?? 500
  if (status === 404) return new Problem('not-found')
  if (status === 413) return new Problem('too-large')
  return status >= 400 && status < 500
    ? new Problem('bad-request', {}, error)
    : new Problem('internal', {}, error)
}
