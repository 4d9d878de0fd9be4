import { type Text, text } from '@tiaoli/kernel/text'

/** Every way in which the ledger can fail its caller. Codes are never reused. */
export const ledgerErrors = {
  'ledger-full': {
    status: 503,
    text: text(
      '系统繁忙，留痕队列已满，请稍后重试。',
      'The system is busy: too many records wait. Try again shortly.',
    ),
  },
  'ledger-failed': {
    status: 503,
    text: text('留痕未能写入，本次操作未执行。', 'The record could not be written, so nothing was done.'),
  },
  'record-invalid': {
    status: 400,
    text: text(
      '内容无法留痕：含有不可存储的字符或过长。',
      'It cannot be recorded: unstorable characters, or too long.',
    ),
  },
  'record-unknown': { status: 404, text: text('没有这条留痕记录。', 'There is no such record.') },
  'log-unknown': { status: 404, text: text('没有这部日志。', 'There is no such log.') },
  'not-erasable': {
    status: 409,
    text: text('该留痕的内容不能删除。', 'The content of this record cannot be erased.'),
  },
  'cursor-invalid': { status: 400, text: text('翻页标记无效。', 'This page cursor is not valid.') },
  'search-too-long': {
    status: 400,
    text: text(
      '符合条件的留痕过多，未能在限定时间内查完。',
      'The search was not done within its time: too many records to look through.',
    ),
  },
  'record-pending': {
    status: 503,
    text: text('该记录尚未编入日志，请稍后重试。', 'The record is not in the log yet. Try again shortly.'),
  },
  'ledger-forked': {
    status: 500,
    text: text(
      '日志与已发布的检查点不一致，已停止签发。',
      'The log does not agree with its published checkpoint; signing has stopped.',
    ),
  },
} as const satisfies Record<string, { status: number; text: Text }>

export type LedgerErrorCode = keyof typeof ledgerErrors

/** `detail` and `cause` are for the operator's log and are never shown. */
export class LedgerError extends Error {
  readonly code: LedgerErrorCode
  readonly status: number
  readonly text: Text
  constructor(code: LedgerErrorCode, detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, { cause })
    this.name = 'LedgerError'
    this.code = code
    this.status = ledgerErrors[code].status
    this.text = ledgerErrors[code].text
  }
}
