import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import multipart from '@fastify/multipart'
import { preferredLanguage } from '@tiaoli/kernel/text'
import Fastify, { type FastifyError, type FastifyInstance } from 'fastify'
import { documentOf, Problem } from '../problems/index.ts'

/** Bodies that are not files stay small: the longest form field is far below this. */
const bodyLimitBytes = 1024 * 1024

export type HttpConfig = { readonly maxUploadBytes: number; readonly logErrors: boolean }

/** A Fastify server that answers every failure with a problem document and leaks neither stacks nor values. */
export async function createHttpServer(config: HttpConfig): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: bodyLimitBytes,
    routerOptions: { maxParamLength: 1000, ignoreTrailingSlash: true },
    trustProxy: 'loopback',
    logger: config.logErrors ? { level: 'error' } : false,
    requestTimeout: 0,
  })
  await app.register(cookie)
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        connectSrc: ["'self'"],
        fontSrc: ["'self'", 'data:'],
        frameAncestors: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        // Ant Design writes its component styles into the page at run time.
        styleSrc: ["'self'", "'unsafe-inline'"],
        workerSrc: ["'self'", 'blob:'],
      },
    },
    strictTransportSecurity: false,
  })
  await app.register(multipart, {
    limits: { files: 1, fields: 20, fieldSize: 10_000, fileSize: config.maxUploadBytes },
  })
  takeFilesAsStreams(app)
  refuseForeignForms(app)
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = error instanceof Problem ? error : problemOf(error)
    if (problem.status >= 500) request.log.error(problem.cause ?? error)
    if (problem.parts.retryAfterSeconds !== undefined)
      reply.header('retry-after', Math.ceil(problem.parts.retryAfterSeconds))
    return reply
      .code(problem.status)
      .type('application/problem+json; charset=utf-8')
      .send(
        documentOf(
          problem,
          preferredLanguage(request.headers['accept-language']),
          request.url.split('?')[0]!,
        ),
      )
  })
  return app
}

/** Anything that is neither JSON nor a form is a file: it is handed on as the stream it is. */
function takeFilesAsStreams(app: FastifyInstance): void {
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
}

/**
 * A browser sends our cookie along with requests of other sites' pages where the rules for cookies let it; a
 * request that changes something has to come from our own pages, or carry a key instead of a cookie.
 */
function refuseForeignForms(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (request.method === 'GET' || request.method === 'HEAD' || request.headers.authorization) return
    const origin = request.headers.origin
    if (origin === undefined) return
    if (origin === 'null' || new URL(origin).host !== request.host) throw new Problem('not-allowed')
  })
}

/** What the framework itself complains about, as problems of ours. */
function problemOf(error: FastifyError): Problem {
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
