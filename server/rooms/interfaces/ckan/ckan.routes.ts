import * as contract from '@tiaoli/contract/ckan'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { isStorable, type Mount } from '../../../foundations/http/index.ts'
import { openToAll } from '../open-to-all.ts'
import type { Action } from './ckan.actions.ts'
import { CkanError, ckanErrorOf, invalid, unknownAction } from './ckan.errors.ts'

const json = 'application/json;charset=utf-8'
const longestForm = 64 * 1024

/** CKAN's Action API at both of its addresses, with its own envelopes for success and failure. */
export function mountCkan(mount: Mount, actions: ReadonlyMap<string, Action>, base: string): void {
  const help = (name: string) => `${base}/api/3/action/help_show?name=${encodeURIComponent(name)}`

  async function answer(
    { request, reply, params }: { request: FastifyRequest; reply: FastifyReply; params: { action: string } },
    given: Readonly<Record<string, unknown>>,
  ) {
    const action = actions.get(params.action)
    if (action === undefined) throw unknownAction(params.action)
    if (!isStorable(JSON.stringify(given).replaceAll('\\u0000', '\0')))
      throw invalid({ data: ['Null characters'] })
    const result = await action.run(given, request.ip)
    openToAll(reply, json)
    // Each time rows are given there is a record of it: nothing on the way gives them a second time.
    if (params.action.startsWith('datastore')) reply.header('cache-control', 'no-store')
    return reply.send({ help: help(params.action), success: true, result })
  }
  function failed(error: unknown, request: FastifyRequest, reply: FastifyReply): unknown {
    const told = ckanErrorOf(error)
    if (told === undefined) throw error
    openToAll(reply, json).code(told.status).header('cache-control', 'no-store')
    if (typeof told.body === 'string') return reply.send(JSON.stringify(told.body))
    const name = (request.params as { action?: string }).action ?? ''
    return reply.send({ help: help(name), success: false, error: told.body })
  }
  for (const route of [contract.ckanAction, contract.ckanActionUnversioned] as const)
    mount(route, (call) => answer(call, call.request.query as Record<string, unknown>), failed)
  for (const route of [contract.ckanActionByPost, contract.ckanActionUnversionedByPost] as const)
    mount(route, async (call) => answer(call, await bodyOf(call.request)), failed)
  mount(contract.ckanVersion, ({ reply }) => openToAll(reply, json).send({ version: 3 }), failed)
  mount(
    contract.ckanStatus,
    ({ reply, request }) => openToAll(reply, json).send(actions.get('status_show')!.run({}, request.ip)),
    failed,
  )
}

/** JSON, or a form; nothing at all is no parameters. */
async function bodyOf(request: FastifyRequest): Promise<Record<string, unknown>> {
  const { body } = request
  const type = request.headers['content-type'] ?? ''
  if (body === undefined || body === null) return {}
  if (/^application\/json/i.test(type)) {
    if (typeof body === 'object' && !Array.isArray(body)) return body as Record<string, unknown>
    throw new CkanError(
      400,
      'Bad request - JSON Error: Request data JSON decoded to something that is no dictionary',
    )
  }
  let text = ''
  for await (const part of body as AsyncIterable<Buffer>) {
    text += part.toString('utf8')
    if (text.length > longestForm) throw invalid({ data: [`Longer than ${longestForm} characters`] })
  }
  if (text === '') return {}
  // Clients of old send JSON without saying so.
  if (/^\s*\{/.test(text))
    try {
      return JSON.parse(text) as Record<string, unknown>
    } catch {
      throw new CkanError(400, 'Bad request - JSON Error: Error decoding JSON data')
    }
  const form: Record<string, unknown> = {}
  for (const [key, value] of new URLSearchParams(text))
    form[key] = Object.hasOwn(form, key) ? [form[key], value].flat() : value
  return form
}
