import { Problem } from '../../../foundations/problems/index.ts'
import { GatewayRefused } from '../gateway-reader.ts'

/** A failure in the words of CKAN: its status, and what stands under `error`. A bare text is answered as it is. */
export class CkanError extends Error {
  override readonly name = 'CkanError'
  readonly status: number
  readonly body: { readonly __type: string; readonly [member: string]: unknown } | string
  constructor(status: number, body: CkanError['body']) {
    super(typeof body === 'string' ? body : body.__type)
    this.status = status
    this.body = body
  }
}

export const notFound = (): CkanError =>
  new CkanError(404, { __type: 'Not Found Error', message: 'Not found' })
export const invalid = (errors: Readonly<Record<string, readonly string[]>>): CkanError =>
  new CkanError(409, { __type: 'Validation Error', ...errors })
export const unknownAction = (name: string): CkanError =>
  new CkanError(400, `Bad request - Action name not known: ${name.slice(0, 100)}`)
export const searchQuery = (message: string): CkanError =>
  new CkanError(400, { __type: 'Search Query Error', message })

/** Whatever went wrong, as CKAN would say it; undefined for what is our own fault. */
export function ckanErrorOf(error: unknown): CkanError | undefined {
  if (error instanceof CkanError) return error
  if (error instanceof GatewayRefused)
    return new CkanError(403, {
      __type: 'Authorization Error',
      message: `Access denied: ${error.refusal.condition.zh} ${error.refusal.condition.en}`,
      article: error.refusal.article ?? null,
      remedy: error.refusal.remedy,
      record_id: error.recordId,
    })
  if (error instanceof Problem && error.status < 500) {
    if (error.code === 'not-json')
      return new CkanError(400, 'Bad request - JSON Error: Error decoding JSON data')
    if (error.code === 'not-found' || error.code === 'no-snapshot') return notFound()
    const { condition } = error.parts
    const message = condition === undefined ? error.code : `${condition.zh} ${condition.en}`
    if (error.code === 'too-many-requests')
      return new CkanError(429, { __type: 'Too Many Requests', message })
    return invalid({ message: [message] })
  }
  return undefined
}
