import { problems } from '@tiaoli/contract/problems'
import { type Text, text } from '@tiaoli/kernel/text'
import { LakeError } from '../../foundations/lake/index.ts'
import { ColumnNotRising, OutboundError } from '../../foundations/outbound/index.ts'
import { Problem } from '../../foundations/problems/index.ts'

/** Pure: the name under which a fetched file is known: the last part of its address. */
export function fileNameOf(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? ''
  const name = decoded(last)
    .replace(/\p{Cc}/gu, '')
    .slice(0, 200)
  return name === '' ? 'data' : name
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    // Not every address is escaped as it should be; the name is only shown.
    return part
  }
}

/** Pure: what to ask the server of the file with, so that it answers 304 where nothing is new (RFC 9110, 13.1). */
export const conditionsOf = (known: {
  readonly etag: string | null
  readonly lastModified: string | null
}): Record<string, string> => ({
  ...(known.etag === null ? {} : { 'if-none-match': known.etag }),
  ...(known.lastModified === null ? {} : { 'if-modified-since': known.lastModified }),
})

const causes: Partial<Record<OutboundError['code'], Text>> = {
  'address-not-allowed': text('地址不在平台允许访问的范围内', 'The platform may not call this address'),
  unreachable: text('连接不上，或传输中断', 'No connection, or it broke'),
  'too-slow': text('对方应答或者传输时间过长', 'The other side took too long'),
  'too-large': text(
    '来源表中有一行过长，超过平台一次读取的限度',
    'A row of the table is longer than the platform reads at once',
  ),
  'not-encrypted': text('该数据库未加密，不能连接', 'The database offers no TLS, so it is not read'),
  'table-unreadable': text(
    '表或者列不存在，或者该账号无权读取',
    'There is no such table or column, or the account may not read it',
  ),
  refused: text('对方拒绝登录', 'The other side refused to let the platform in'),
}

const notRising = text(
  '递增列须为整数、小数、日期或者时间类型',
  'The rising column has to hold whole or decimal numbers, dates or times',
)

/**
 * Pure: why a fetch gave nothing, in words for the steward; undefined where it is a fault of the platform's own, which
 * has to be tried again and told to its operators.
 */
export function causeOf(error: unknown): Text | undefined {
  // What broke while rows came is the cause of what broke here.
  if (error instanceof LakeError && error.cause instanceof OutboundError) return causeOf(error.cause)
  if (error instanceof ColumnNotRising) return notRising
  if (error instanceof OutboundError)
    return error.status === undefined
      ? (causes[error.code] ?? text('没有取到文件', 'No file was got'))
      : text(`对方返回 ${error.status}`, `The other side answered ${error.status}`)
  if (error instanceof LakeError) return error.public
  if (error instanceof Problem && error.status < 500)
    return error.parts.condition ?? problems[error.code].title
  return undefined
}
