import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Somebody's information system with an interface, on this machine: what it answers is set by the scenario. */
export type Source = {
  readonly url: string
  /** What it says of itself; null where it does not answer at all. */
  state: { changedAt?: string } | null
  readonly rows: Map<string, Record<string, unknown>>
  /** Paths that were asked for, and with which authorization. */
  readonly asked: { readonly path: string; readonly authorization: string | undefined }[]
  close(): Promise<void>
}

/** Configuration that lets scenarios register systems on this machine. */
export const reachableHere = '127.0.0.0/8'

export async function openSource(): Promise<Source> {
  const rows: Source['rows'] = new Map()
  const asked: Source['asked'] = []
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    asked.push({ path, authorization: request.headers.authorization })
    if (source.state === null) return void response.destroy()
    const key = /^\/api\/rows\/(.+)$/.exec(path)?.[1]
    const row = key === undefined ? undefined : rows.get(decodeURIComponent(key))
    if (key !== undefined && row === undefined) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(key === undefined ? source.state : { row }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const source: Source = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    state: {},
    rows,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
  return source
}
