import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { Problem } from '../foundations/problems/index.ts'

const folder = fileURLToPath(new URL('../../web/dist/', import.meta.url))

/**
 * Serves the built web interface. Every address that is neither a file nor part of an interface is a page of it, so
 * that a link into the middle works; a missing file of the build stays missing.
 */
export async function serveWeb(app: FastifyInstance): Promise<void> {
  if (!existsSync(folder)) return
  const page = await readFile(`${folder}index.html`, 'utf8')
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    index: false,
    immutable: true,
    maxAge: '1y',
  })
  app.get('/', (_request, reply) =>
    reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page),
  )
  app.setNotFoundHandler((request, reply) => {
    const isPage =
      request.method === 'GET' &&
      !/^\/(?:api\/v\d|ledger|assets)\//.test(request.url) &&
      !/\.\w{2,5}$/.test(request.url.split('?')[0]!)
    if (!isPage) throw new Problem('not-found')
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page)
  })
}
