import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { type MapTiles, pageHeadersFor } from '../foundations/http/index.ts'
import { Problem } from '../foundations/problems/index.ts'

const folder = fileURLToPath(new URL('../../web/dist/', import.meta.url))
const pagesFile = new URL('../../contract/pages.json', import.meta.url)

export type WebDeps = {
  readonly mapTiles: MapTiles | undefined
  /** Whether other sites may show the entry's data within their own pages. */
  readonly mayFrame: (entryId: string) => Promise<boolean>
}

/**
 * Serves the built web interface. Every address that is neither a file nor part of an interface is answered by it, so
 * that a link into the middle works; one that is no page of it is told as missing, by a page all the same. What is
 * missing in an interface or in the build stays missing.
 */
export async function serveWeb(app: FastifyInstance, { mapTiles, mayFrame }: WebDeps): Promise<void> {
  const headers = pageHeadersFor(mapTiles)
  const sendPage = (reply: FastifyReply, page: string, framed = false): FastifyReply => {
    if (framed) reply.removeHeader('x-frame-options')
    return reply
      .headers(framed ? headers.framed : headers.page)
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(page)
  }
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
      setHeaders: (reply) => void reply.headers(headers.page),
    })
    app.get('/', (_request, reply) => sendPage(reply, page))
  }
  const pages = (JSON.parse(await readFile(pagesFile, 'utf8')) as string[]).map(
    (path) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`),
  )
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0]!
    if (page === undefined || request.method !== 'GET' || !isForReaders(path)) throw new Problem('not-found')
    const embedded = /^\/embed\/entries\/([\w-]{1,64})\/?$/.exec(path)?.[1]
    const framed = embedded !== undefined && (await mayFrame(embedded))
    return sendPage(reply.code(pages.some((known) => known.test(path)) ? 200 : 404), page, framed)
  })
}

const isForReaders = (path: string): boolean =>
  !/^\/(?:api\/v\d|ledger|assets)\//.test(path) && !/\.\w{2,5}$/.test(path)
