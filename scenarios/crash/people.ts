import { password } from './node.ts'

/** What came back; null where the server went away before it answered. */
export type Reply = {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: read by name, as a stranger's program would
  readonly body: any
} | null

export type Person = {
  get(path: string): Promise<Reply>
  post(path: string, body?: object): Promise<Reply>
  upload(path: string, bytes: string): Promise<Reply>
  /** A request of the tus protocol: its status and how much has arrived. */
  part(
    method: 'POST' | 'HEAD' | 'PATCH',
    path: string,
    headers: Record<string, string>,
    bytes?: Uint8Array<ArrayBuffer>,
  ): Promise<PartReply>
}

export type PartReply = { readonly status: number; readonly location: string; readonly offset: number } | null

export const visitor = (address: string): Person => person(address, {})

export async function signIn(address: string, username: string): Promise<Person> {
  const answer = await fetch(`${address}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  })
  if (!answer.ok) throw new Error(`sign-in of ${username}: ${answer.status}`)
  const cookie = answer.headers.getSetCookie().map((each) => each.split(';')[0])
  return person(address, { cookie: cookie.join('; ') })
}

function person(address: string, headers: Record<string, string>): Person {
  const send = async (method: string, path: string, type?: string, body?: string): Promise<Reply> => {
    try {
      const answer = await fetch(address + path, {
        method,
        headers: { ...headers, ...(type === undefined ? {} : { 'content-type': type }) },
        ...(body === undefined ? {} : { body }),
      })
      return { status: answer.status, body: await answer.json() }
    } catch (error) {
      // The connection broke: whether the call was carried out is not known, and nothing was acknowledged.
      if (error instanceof TypeError || error instanceof SyntaxError) return null
      throw error
    }
  }
  const part: Person['part'] = async (method, path, own, bytes) => {
    try {
      const { status, headers: told } = await fetch(address + path, {
        method,
        headers: { ...headers, 'tus-resumable': '1.0.0', ...own },
        ...(bytes && { body: bytes }),
      })
      return { status, location: told.get('location') ?? '', offset: Number(told.get('upload-offset')) }
    } catch (error) {
      if (error instanceof TypeError) return null
      throw error
    }
  }
  return {
    part,
    get: (path) => send('GET', path),
    post: (path, body = {}) => send('POST', path, 'application/json', JSON.stringify(body)),
    upload: (path, bytes) => send('POST', path, 'application/octet-stream', bytes),
  }
}
