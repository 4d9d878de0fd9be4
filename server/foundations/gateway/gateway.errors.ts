import { type Text, text } from '@tiaoli/kernel/text'
import type { Standing } from './allowance.ts'

/** Every way in which the gateway can fail, as against refuse. Codes are never reused. */
export const gatewayErrors = {
  'gateway-unavailable': {
    status: 503,
    text: text(
      '本次访问未能留痕，因此未提供数据，请稍后重试。',
      'This access could not be recorded, so no data was given. Try again shortly.',
    ),
  },
  'gateway-unsettled': {
    status: 503,
    text: text(
      '访问依据正在变更，请稍后重试。',
      'What this access rests on is changing at this moment. Try again shortly.',
    ),
  },
  'limit-reached': {
    status: 429,
    text: text('已达到平台的用量上限。', 'The limit of the platform is reached.'),
  },
  'snapshot-missing': {
    status: 404,
    text: text('该目录条目目前没有可读取的数据。', 'This entry has no data to read at present.'),
  },
} as const satisfies Record<string, { status: number; text: Text }>

export type GatewayErrorCode = keyof typeof gatewayErrors

/** `detail` and `cause` are for the operator's log and are never shown. */
export class GatewayError extends Error {
  readonly code: GatewayErrorCode
  readonly status: number
  readonly text: Text
  constructor(code: GatewayErrorCode, detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, { cause })
    this.name = 'GatewayError'
    this.code = code
    this.status = gatewayErrors[code].status
    this.text = gatewayErrors[code].text
  }
}

/** Nothing is decided, read or recorded for a caller who has used up what the platform gives in a window. */
export class LimitReached extends GatewayError {
  readonly standing: Standing
  /** How many exports the caller may have open at once, where it is these that are too many. */
  readonly mostExports: number | undefined
  constructor(standing: Standing, mostExports?: number) {
    super('limit-reached', 'too much was asked for')
    this.name = 'LimitReached'
    this.standing = standing
    this.mostExports = mostExports
  }
}

/** Data was asked for and could not be recorded: nothing is answered. */
export class GatewayUnavailable extends GatewayError {
  constructor(detail: string, cause?: unknown) {
    super('gateway-unavailable', detail, cause)
    this.name = 'GatewayUnavailable'
  }
}
