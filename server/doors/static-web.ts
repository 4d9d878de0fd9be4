import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { pageHeaders } from '../foundations/http/index.ts'
import { Problem } from '../foundations/problems/index.ts'

const folder = fileURLToPath(new URL('../../web/dist/', import.meta.url))
const pagesFile = new URL('../../contract/pages.json', import.meta.url)

/**
 * Serves the built web interface. Every address that is neither a file nor part of an interface is answered by it, so
 * that a link into the middle works; one that is no page of it is told as missing, by a page all the same. What is
 * missing in an interface or in the build stays missing.
 */
export async function serveWeb(app: FastifyInstance): Promise<void> {
  const page = existsSync(folder) ? await readFile(`${folder}index.html`, 'utf8') : undefined
  if (page !== undefined) {
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      // The build leaves compressed copies beside its files.
      preCompressed: true,
      immutable: true,
      maxAge: '1y',
      setHeaders: (reply) => void reply.headers(pageHeaders),
    })
    app.get('/', (_request, reply) => sendPage(reply, page))
  }
  const pages = (JSON.parse(await readFile(pagesFile, 'utf8')) as string[]).map(
    (path) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`),
  )
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?')[0]!
    if (page === undefined || request.method !== 'GET' || !isForReaders(path)) throw new Problem('not-found')
    return sendPage(reply.code(pages.some((known) => known.test(path)) ? 200 : 404), page)
  })
}

const isForReaders = (path: string): boolean =>
  !/^\/(?:api\/v\d|ledger|assets)\//.test(path) && !/\.\w{2,5}$/.test(path)

const sendPage = (reply: FastifyReply, page: string): FastifyReply =>
  reply.headers(pageHeaders).header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page)
