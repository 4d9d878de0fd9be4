import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createTrinoClient } from './trino-client.ts'

/** A server of which each answer is told; `seen` is what it was asked. */
async function serverOf(answers: readonly ((base: string) => unknown)[]) {
  const seen: string[] = []
  let at = 0
  const server: Server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    request.resume()
    const answer = request.method === 'DELETE' ? () => ({}) : answers[at++]
    const body = answer?.(`http://elsewhere.invalid`)
    if (body === undefined) return
    if (typeof body === 'number') response.writeHead(body).end()
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, seen, server }
}

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function clientOf(answers: readonly ((base: string) => unknown)[], answerSeconds = 5) {
  const { url, seen, server } = await serverOf(answers)
  open.push(server)
  return { seen, client: createTrinoClient({ url, catalog: 'c', schema: 's', answerSeconds }) }
}

const running = (base: string) => ({ nextUri: `${base}/v1/statement/executing/1` })

describe('the client of the engine', () => {
  it('says that the engine does not answer where there is none, and where it gives up', async () => {
    const { client } = await clientOf([
      () => ({ error: { errorName: 'CLUSTER_OUT_OF_MEMORY', message: 'full' } }),
      () => 500,
    ])
    const unavailable = { code: 'engine-unavailable' }
    await expect(client.rows('select 1')).rejects.toMatchObject({
      ...unavailable,
      cause: { reason: 'CLUSTER_OUT_OF_MEMORY' },
    })
    await expect(client.rows('select 1')).rejects.toMatchObject(unavailable)
    const nobody = createTrinoClient({
      url: 'http://127.0.0.1:1',
      catalog: 'c',
      schema: 's',
      answerSeconds: 5,
    })
    await expect(nobody.rows('select 1')).rejects.toMatchObject(unavailable)
  })

  it('asks again where the engine is busy, and only the address that it was told', async () => {
    const { client, seen } = await clientOf([
      () => 503,
      running,
      () => ({ columns: [{ name: 'A b' }], data: [[1], [null]] }),
    ])
    expect(await client.rows('select 1')).toEqual([{ 'A b': 1 }, { 'A b': null }])
    expect(seen).toEqual(['POST /v1/statement', 'POST /v1/statement', 'GET /v1/statement/executing/1'])
  })

  it('ends the statement where whoever asked has gone', async () => {
    const abort = new AbortController()
    const { client, seen } = await clientOf([
      running,
      () => {
        abort.abort()
        return undefined
      },
    ])
    await expect(client.rows('select 1', [], abort.signal)).rejects.toMatchObject({ code: 'cancelled' })
    expect(seen.at(-1)).toBe('DELETE /v1/statement/executing/1')
    await expect(client.rows('select 1', [], abort.signal)).rejects.toMatchObject({ code: 'cancelled' })
    expect(seen).toHaveLength(3)
  })

  it('ends it where rows are not asked for any more', async () => {
    const { client, seen } = await clientOf([
      (base) => ({ ...running(base), columns: [{ name: 'a' }], data: [[1]] }),
    ])
    for await (const rows of client.streamed('select 1', [], undefined)) {
      expect(rows).toEqual([{ a: 1 }])
      break
    }
    expect(seen).toEqual(['POST /v1/statement', 'DELETE /v1/statement/executing/1'])
  })

  it('gives up after the time that an answer may take', async () => {
    const { client, seen } = await clientOf([running, () => undefined], 0.05)
    await expect(client.rows('select 1')).rejects.toMatchObject({ code: 'engine-time-limit' })
    expect(seen.at(-1)).toBe('DELETE /v1/statement/executing/1')
    const told = await clientOf([() => ({ error: { errorName: 'EXCEEDED_TIME_LIMIT', message: 'late' } })])
    await expect(told.client.rows('select 1')).rejects.toMatchObject({ code: 'engine-time-limit' })
  })
})
