import { text } from '@tiaoli/kernel/text'
import { LakeError } from '../lake/index.ts'
import { LedgerError } from '../ledger/index.ts'
import { Problem, refusalProblem } from '../problems/index.ts'
import { GatewayError, LimitReached } from './gateway.errors.ts'
import type { GrantStanding } from './grant-meter.rules.ts'
import { entryNotAvailable } from './refusals.ts'
import type { Outcome } from './requests.ts'

/** After which the engine for large data is asked again. */
const engineRetrySeconds = 10

/** Faults of lake, ledger and gateway as problems; nothing of theirs but the public sentence goes out. */
export function gatewayProblem(error: unknown): unknown {
  if (error instanceof LimitReached) return limitReached(error)
  if (error instanceof GatewayError) {
    if (error.code === 'snapshot-missing') return new Problem('no-snapshot', {}, error)
    return new Problem('record-unavailable', { condition: error.text, retryAfterSeconds: 5 }, error)
  }
  if (error instanceof LedgerError)
    return new Problem(
      error.code === 'record-invalid' ? 'bad-request' : 'record-unavailable',
      { condition: error.text },
      error,
    )
  if (
    error instanceof LakeError &&
    (error.code === 'engine-unavailable' || error.code === 'engine-time-limit')
  )
    return new Problem(
      'engine-unavailable',
      { condition: error.public, retryAfterSeconds: engineRetrySeconds },
      error,
    )
  if (error instanceof LakeError) {
    const codes = {
      'bad-cursor': 'bad-cursor',
      'no-key': 'no-key',
      'snapshot-missing': 'no-snapshot',
    } as const
    const code = codes[error.code as keyof typeof codes] ?? 'bad-filter'
    const errors = error.field === undefined ? undefined : [{ path: error.field, message: error.public }]
    return new Problem(code, { condition: error.public, errors }, error)
  }
  return error
}

/**
 * What the door refused, as a problem: of an entry that is not there, of limits of the grant that come back with time,
 * or of the law and the decision.
 */
export function outcomeProblem({
  refusal,
  recordId,
  standing,
}: Extract<Outcome<unknown>, { ok: false }>): Problem {
  if (refusal.code === entryNotAvailable.code) return refusalProblem('not-found', refusal, recordId)
  const of = windowOf[refusal.code]
  if (of === undefined) return refusalProblem('refused-by-law', refusal, recordId)
  const seconds = standing?.find(({ name }) => name === of)?.resetSeconds
  return refusalProblem('too-many-requests', refusal, recordId, seconds)
}

/** Limits that come back, by the refusals that they give rise to. */
const windowOf: Readonly<Record<string, GrantStanding['name']>> = {
  'grant-requests-used-up': 'grant-requests',
  'grant-rows-used-up': 'grant-rows',
}

/** What would be allowed, and what to do instead. A limit of the platform: no article orders it. */
function limitReached({ standing: { limits, resetSeconds }, mostExports }: LimitReached): Problem {
  if (mostExports !== undefined)
    return new Problem('too-many-requests', {
      condition: text(
        `同时进行的下载已达到平台的上限：${mostExports} 个。这是平台的设定，不是条例的规定。`,
        `As many downloads are under way as the platform allows at once: ${mostExports}. It is a setting of the platform, not of the regulation.`,
      ),
      remedy: text(
        '请等待进行中的下载完成后再试，或者登录后在后台生成文件（POST /api/v1/entries/{entryId}/exports）。',
        'Let one of them end, or sign in and have a file made in the background (POST /api/v1/entries/{entryId}/exports).',
      ),
      retryAfterSeconds: 10,
    })
  const seconds = Math.round(limits.milliseconds / 1000)
  return new Problem('too-many-requests', {
    condition: text(
      `已达到平台的用量上限：每分钟 ${limits.requests} 次调用、${limits.rows} 行、${seconds} 秒读取时间。这是平台的设定，不是条例的规定。`,
      `The platform's limit is reached: ${limits.requests} calls, ${limits.rows} rows and ${seconds} seconds of reading a minute. It is a setting of the platform, not of the regulation.`,
    ),
    remedy: text(
      `请在 ${resetSeconds} 秒后再试；需要大量数据的，请登录后在后台生成文件（POST /api/v1/entries/{entryId}/exports），由平台在用量允许时生成并通知领取。`,
      `Try again in ${resetSeconds} seconds; for much data sign in and have a file made in the background (POST /api/v1/entries/{entryId}/exports): it is made as soon as the limit allows, and you are told.`,
    ),
    retryAfterSeconds: resetSeconds,
  })
}
