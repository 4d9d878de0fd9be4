import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

/*
 * Written out once, not put together for each answer: a library that does so took 7 % of the time of a row by key.
 */

const everywhere = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
}

/** For data: whatever a browser takes it for, it may load, run and frame nothing. */
const forAnswers = { ...everywhere, 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" }

/** A base map that the installation has been given: where its tiles are, whose, and in which coordinates. */
export type MapTiles = {
  readonly url: string
  readonly by: string
  readonly system: 'wgs84' | 'gcj02'
}

type Headers = Readonly<Record<string, string>>

/**
 * For our own pages and their files; maps may fetch the installation's tiles, from nowhere else. `styles` and
 * `scripts` are those that stand within the page: no others may. `framed`: for a page that any site may show within its own.
 */
export function pageHeadersFor(
  tiles: MapTiles | undefined,
  { styles, scripts }: { readonly styles: readonly string[]; readonly scripts: readonly string[] },
): {
  readonly page: Headers
  readonly framed: Headers
} {
  const tilesFrom = tiles === undefined ? '' : ` ${new URL(tiles.url).origin}`
  const policy = (ancestors: string) =>
    [
      "default-src 'self'",
      "base-uri 'self'",
      `connect-src 'self'${tilesFrom}`,
      "font-src 'self' data:",
      "form-action 'self'",
      `frame-ancestors ${ancestors}`,
      `img-src 'self' data: blob:${tilesFrom}`,
      "object-src 'none'",
      ["script-src 'self'", ...scripts.map(digestSource)].join(' '),
      ["style-src-elem 'self'", ...styles.map(digestSource)].join(' '),
      // The tooltips of plots carry their styles with them.
      "style-src-attr 'unsafe-inline'",
      "worker-src 'self' blob:",
    ].join('; ')
  const { 'x-frame-options': _same, ...anywhere } = everywhere
  return {
    page: { ...everywhere, 'content-security-policy': policy("'self'") },
    framed: { ...anywhere, 'content-security-policy': policy('*') },
  }
}

const digestSource = (content: string): string =>
  `'sha256-${createHash('sha256').update(content).digest('base64')}'`

/** Every answer begins with the strict headers; a page replaces them by its own. */
export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(forAnswers)
    done()
  })
}
