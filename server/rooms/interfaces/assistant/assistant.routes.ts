import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js'
import * as contract from '@tiaoli/contract/assistants'
import type { FastifyReply } from 'fastify'
import type { Mount } from '../../../foundations/http/index.ts'
import { Problem } from '../../../foundations/problems/index.ts'
import type { PublicRows } from '../gateway-reader.ts'
import type { PublicEntries } from '../public-entries.ts'
import { createAssistantServer } from './assistant.server.ts'

/**
 * The Model Context Protocol over streamable HTTP, without sessions: each call is whole in itself, so that any node
 * answers it, and nothing is kept of who asked before.
 */
export function mountAssistant(mount: Mount, entries: PublicEntries, rows: PublicRows): void {
  mount(contract.askByAssistant, async ({ request, reply }) => {
    const { body } = request
    if (typeof body !== 'object' || body === null || typeof (body as { pipe?: unknown }).pipe === 'function')
      throw new Problem('unsupported-media')
    const server = createAssistantServer(entries, rows, request.ip)
    const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true })
    try {
      await server.connect(transport)
      const headers = new Headers()
      for (const name of ['accept', 'content-type', 'mcp-protocol-version'])
        headers.set(name, String(request.headers[name] ?? ''))
      if (request.headers['mcp-protocol-version'] === undefined) headers.delete('mcp-protocol-version')
      const asked = new Request(`${entries.base}/mcp`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      })
      return await sendOn(reply, await transport.handleRequest(asked, { parsedBody: body }))
    } finally {
      await server.close()
    }
  })
  mount(contract.listenAsAssistant, ({ reply }) =>
    reply
      .code(405)
      .header('allow', 'POST')
      .type('application/json; charset=utf-8')
      .send({ jsonrpc: '2.0', error: { code: -32000, message: 'Method not allowed.' }, id: null }),
  )
}

async function sendOn(reply: FastifyReply, answer: Response): Promise<unknown> {
  const text = await answer.text()
  return reply
    .code(answer.status)
    .headers({ 'cache-control': 'no-store' })
    .type(answer.headers.get('content-type') ?? 'application/json')
    .send(text)
}
