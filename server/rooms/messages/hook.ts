import { createHmac } from 'node:crypto'
import type { Notice } from '../../foundations/notices/index.ts'

const prefix = 'whsec_'

export const hookSecret = (bytes: Buffer): string => prefix + bytes.toString('base64')

/**
 * A notice as a signed message, by the conventions of Standard Webhooks: the signature is HMAC-SHA256 over id, time and
 * body, under the key that follows `whsec_`. It tells what happened and where to look, and nothing of the case.
 */
export function hookMessage(
  notice: Pick<Notice, 'id' | 'at' | 'kind' | 'link'>,
  secret: string,
  publicUrl: string,
  at: Date,
): { readonly headers: Record<string, string>; readonly body: Buffer } {
  const body = Buffer.from(
    JSON.stringify({
      type: notice.kind,
      timestamp: notice.at.toISOString(),
      data: { link: notice.link === null ? null : publicUrl + notice.link },
    }),
  )
  const time = String(Math.floor(at.getTime() / 1000))
  const key = Buffer.from(secret.slice(prefix.length), 'base64')
  const signature = createHmac('sha256', key).update(`${notice.id}.${time}.`).update(body).digest('base64')
  return {
    headers: {
      'content-type': 'application/json',
      'webhook-id': notice.id,
      'webhook-timestamp': time,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  }
}
