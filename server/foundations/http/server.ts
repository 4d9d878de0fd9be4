import multipart from '@fastify/multipart'
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import { Problem } from '../problems/index.ts'
import { answerProblem, refuseBrokenRequest } from './answer-problem.ts'
import { addSecurityHeaders } from './security-headers.ts'

/** Bodies that are not files stay small: the longest form field is far below this. */
const bodyLimitBytes = 1024 * 1024
/** A key of 1,000 characters, each of them three bytes in UTF-8 and each byte spelt with three. */
const longestParamBytes = 9_000

export type HttpConfig = { readonly maxUploadBytes: number; readonly logErrors: boolean }

/** A Fastify server that answers every failure with a problem document and leaks neither stacks nor values. */
export async function createHttpServer(config: HttpConfig): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: bodyLimitBytes,
    routerOptions: { maxParamLength: longestParamBytes, ignoreTrailingSlash: true },
    trustProxy: 'loopback',
    logger: config.logErrors ? { level: 'error' } : false,
    requestTimeout: 0,
    frameworkErrors: answerProblem,
    clientErrorHandler: refuseBrokenRequest,
  })
  addSecurityHeaders(app)
  await app.register(multipart, {
    // The parser ends a file at its limit as if it were whole; one byte more lets its taker see that it is not.
    limits: { files: 1, fields: 20, fieldSize: 10_000, fileSize: config.maxUploadBytes + 1 },
  })
  takeFilesAsStreams(app)
  refuseForeignForms(app)
  app.setErrorHandler<FastifyError>(answerProblem)
  return app
}

/** Anything that is neither JSON nor a form is a file, plain text too: it is handed on as the stream it is. */
function takeFilesAsStreams(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain')
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
}

/**
 * A browser sends our cookie along with requests of other sites' pages where the rules for cookies let it; a
 * request that changes something has to come from our own pages, or carry a key instead of a cookie.
 */
function refuseForeignForms(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { origin, authorization } = request.headers
    const changesSomething = request.method !== 'GET' && request.method !== 'HEAD'
    // What is no address (`null` too, which sandboxed pages send) is not one of ours.
    const foreign = origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.host)
    done(changesSomething && !authorization && foreign ? new Problem('not-allowed') : undefined)
  })
}
