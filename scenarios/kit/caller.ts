import type { House } from '@tiaoli/server/house'

/** What came back over HTTP: status and parsed body. */
export type Answer = {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: scenarios read answers as a stranger's program would, by name
  readonly body: any
  readonly headers: Record<string, unknown>
  readonly text: string
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** Somebody who calls the platform over HTTP, signed in, with a key, or as nobody. */
export type Caller = {
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  /** The bytes of an answer that is a file. */
  bytes(path: string): Promise<Buffer>
  post(path: string, body?: unknown): Promise<Answer>
  patch(path: string, body: unknown): Promise<Answer>
  delete(path: string): Promise<Answer>
  /** Sends a file as the body of the request. */
  upload(path: string, bytes: Buffer | string): Promise<Answer>
  /** Sends whatever it is told to, lawful or not. */
  send(
    method: Method,
    path: string,
    payload?: Buffer | string | object,
    headers?: Record<string, string>,
  ): Promise<Answer>
  /** The same caller with an API key instead of a session. */
  withKey(key: string): Caller
}

export async function callerOf(house: House, account: { username: string; password: string }): Promise<Caller>
export function callerOf(house: House): Caller
export function callerOf(
  house: House,
  account?: { username: string; password: string },
): Caller | Promise<Caller> {
  if (account === undefined) return calls(house, {})
  return house.app.inject({ method: 'POST', url: '/api/v1/session', payload: account }).then((response) => {
    const cookies = [response.headers['set-cookie']].flat().map((cookie) => String(cookie).split(';')[0])
    if (response.statusCode !== 200) throw new Error(`sign-in of ${account.username}: ${response.body}`)
    return calls(house, { cookie: cookies.join('; ') })
  })
}

function calls(house: House, headers: Record<string, string>): Caller {
  const send = async (
    method: Method,
    url: string,
    payload?: Buffer | string | object,
    extra: Record<string, string> = {},
  ): Promise<Answer> => {
    const response = await house.app.inject({
      method,
      url,
      headers: { ...headers, ...extra },
      ...(payload === undefined ? {} : { payload }),
    })
    const type = String(response.headers['content-type'] ?? '')
    return {
      status: response.statusCode,
      headers: response.headers,
      text: response.body,
      body:
        /^application\/(?:\w+\+)?json/.test(type) && response.body !== ''
          ? JSON.parse(response.body)
          : response.body,
    }
  }
  return {
    get: (path, extra) => send('GET', path, undefined, extra),
    bytes: async (url) => (await house.app.inject({ method: 'GET', url, headers })).rawPayload,
    post: (path, body = {}) => send('POST', path, body as object),
    patch: (path, body) => send('PATCH', path, body as object),
    delete: (path) => send('DELETE', path),
    upload: (path, bytes) =>
      send('POST', path, Buffer.from(bytes), { 'content-type': 'application/octet-stream' }),
    send,
    withKey: (key) => calls(house, { authorization: `Bearer ${key}` }),
  }
}
