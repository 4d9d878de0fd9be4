import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type MapTiles, pageHeadersFor } from '../foundations/http/index.ts'
import { Problem } from '../foundations/problems/index.ts'
import { type FindHead, type FirstFiles, withHead } from '../rooms/interfaces/index.ts'
import { squeezed } from './squeezed.ts'

const folder = fileURLToPath(new URL('../../web/dist/', import.meta.url))
const pagesFile = new URL('../../contract/pages.json', import.meta.url)

export type WebDeps = {
  readonly findHead: FindHead
  readonly mapTiles: MapTiles | undefined
  /** Whether other sites may show the entry's data within their own pages. */
  readonly mayFrame: (entryId: string) => Promise<boolean>
}

/**
 * Serves the built web interface. Every address that is neither a file nor part of an interface is answered by it, so
 * that a link into the middle works; one that is no page of it is told as missing, by a page all the same. What is
 * missing in an interface or in the build stays missing.
 */
export async function serveWeb(
  app: FastifyInstance,
  { findHead, mapTiles, mayFrame }: WebDeps,
): Promise<void> {
  const page = existsSync(folder) ? await readFile(`${folder}index.html`, 'utf8') : undefined
  const files: FirstFiles =
    page === undefined ? {} : JSON.parse(await readFile(`${folder}first-view.json`, 'utf8'))
  const headers = pageHeadersFor(mapTiles, {
    styles: within(page ?? '', 'style'),
    scripts: within(page ?? '', 'script'),
  })
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
    app.get('/', async (request, reply) => sendPage(request, reply, await headed(page, request)))
  }
  const pages = (JSON.parse(await readFile(pagesFile, 'utf8')) as string[]).map(
    (path) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`),
  )
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?')[0]!
    if (page === undefined || request.method !== 'GET' || !isForReaders(path)) throw new Problem('not-found')
    const shown = await headed(page, request)
    const known = pages.some((each) => each.test(path)) && shown.found
    const embedded = /^\/embed\/entries\/([\w-]{1,64})\/?$/.exec(path)?.[1]
    const framed = embedded !== undefined && (await mayFrame(embedded))
    return sendPage(request, reply.code(known ? 200 : 404), shown, framed)
  })

  /** The page with its own head; one about an entry that nobody may see is missing, and looks as any other. */
  async function headed(built: string, { url, headers: given }: FastifyRequest): Promise<Shown> {
    const [path = '', search] = url.split('?')
    const head = await findHead(path, new URLSearchParams(search), given['accept-language'])
    if (head === 'missing') return { html: built, found: false }
    return { html: head === null ? built : withHead(built, head, files), found: true }
  }

  async function sendPage(
    { headers: given }: FastifyRequest,
    reply: FastifyReply,
    { html }: Shown,
    framed = false,
  ): Promise<FastifyReply> {
    const { bytes, encoding } = await squeezed(html, given['accept-encoding'])
    if (framed) reply.removeHeader('x-frame-options')
    if (encoding !== undefined) reply.header('content-encoding', encoding)
    return reply
      .headers(framed ? headers.framed : headers.page)
      .header('cache-control', 'no-cache')
      .header('vary', 'accept-language, accept-encoding')
      .type('text/html; charset=utf-8')
      .send(bytes)
  }
}

const isForReaders = (path: string): boolean =>
  !/^\/(?:api\/(?:v?\d|action|util)|ledger|assets|dataset|feeds|ogc)\//.test(path) && !/\.\w{2,5}$/.test(path)

/** The styles or scripts that the build put into the page itself. */
const within = (page: string, element: 'style' | 'script'): string[] =>
  [...page.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, content]) => content!)

type Shown = { readonly html: string; readonly found: boolean }
