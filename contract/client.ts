import type { z } from 'zod'
import type { Problem } from './problems.ts'
import type { Route } from './route.ts'

/** A problem document that a call was answered with. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.problem = problem
  }
}

type In<T> = T extends z.ZodType ? z.input<T> : never
type Out<T> = T extends z.ZodType ? z.output<T> : Response

/** What a call of the route is given: only the parts that the route has. */
export type CallInput<R extends Route> = (R['params'] extends z.ZodType
  ? { params: In<R['params']> }
  : object) &
  (R['query'] extends z.ZodType ? { query?: In<R['query']> } : object) &
  (R['body'] extends z.ZodType
    ? { body: In<R['body']> }
    : R['body'] extends 'stream'
      ? { file: Blob | ReadableStream }
      : object) & {
    signal?: AbortSignal
  }

export type ClientConfig = {
  readonly baseUrl: string
  readonly headers?: () => Record<string, string>
  readonly fetch?: typeof fetch
}

/** Calls routes of the contract. Answers that are streams come back as the Response itself. */
export function createClient(config: ClientConfig) {
  const doFetch = config.fetch ?? fetch
  return async function call<R extends Route>(route: R, input: CallInput<R>): Promise<Out<R['answer']>> {
    const parts = input as {
      params?: Record<string, unknown>
      query?: Record<string, unknown>
      body?: unknown
      file?: Blob | ReadableStream
      signal?: AbortSignal
    }
    const response = await doFetch(config.baseUrl + urlOf(route, parts.params, parts.query), {
      method: route.method,
      credentials: 'same-origin',
      headers: {
        ...config.headers?.(),
        ...(parts.body !== undefined ? { 'content-type': 'application/json' } : {}),
        ...(parts.file !== undefined ? { 'content-type': 'application/octet-stream' } : {}),
      },
      ...(parts.body !== undefined ? { body: JSON.stringify(parts.body) } : {}),
      ...(parts.file !== undefined ? { body: parts.file, duplex: 'half' } : {}),
      ...(parts.signal ? { signal: parts.signal } : {}),
    } as RequestInit)
    if (!response.ok) throw new ProblemError(await problemOf(response))
    return (route.answer === 'stream' ? response : await response.json()) as Out<R['answer']>
  }
}

/** The address of a call: path parameters filled in, query parameters that are lists repeated. */
export function urlOf(
  route: Route,
  params: Record<string, unknown> = {},
  query: Record<string, unknown> = {},
): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    for (const item of Array.isArray(value) ? value : [value]) search.append(name, String(item))
  }
  const text = search.toString()
  return text === '' ? path : `${path}?${text}`
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as Problem
    if (typeof body.code === 'string') return body
  } catch {
    // Not a problem document: a proxy or a broken connection answered. Said below.
  }
  const title = { zh: '服务暂时没有回应', en: 'The service does not answer' }
  return { type: 'about:blank', title: title.zh, status: response.status, code: 'internal', message: title }
}
