import { text } from '@tiaoli/kernel/text'
import type { Stream } from './streams.model.ts'

/** A message as it is kept: a row, or what came in its place. */
export type KeptMessage = { readonly line: string; readonly wellFormed: boolean }

/** Longer messages are cut where they are kept as refused ones. */
const shownBytes = 2_000
export const longestMessage = 256 * 1024

/**
 * Pure: a message as a line of JSON with a value for each field. What is no JSON object is kept as a text: the lake
 * refuses that line into the report, and the stream goes on.
 */
export function keptOf(
  payload: Buffer,
  about: { readonly topic: string; readonly receivedAt: string },
  fields: readonly string[],
  mapping: Stream['mapping'],
): KeptMessage {
  const given = payload.length > longestMessage ? undefined : parsed(payload)
  if (given === undefined)
    return {
      line: JSON.stringify(payload.subarray(0, shownBytes).toString('utf8').replaceAll('\0', '\u{fffd}')),
      wellFormed: false,
    }
  const paths = new Map(mapping.map(({ field, path }) => [field, path]))
  const row = fields.map((field) => [field, valueAt(given, paths.get(field) ?? field, about)])
  return { line: withoutZeros(JSON.stringify(Object.fromEntries(row))), wellFormed: true }
}

type Message = Readonly<Record<string, unknown>>

function parsed(payload: Buffer): Message | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Message)
      : undefined
  } catch {
    // No JSON, or no UTF-8: the report shows what came.
    return undefined
  }
}

function valueAt(
  message: Message,
  path: string,
  { topic, receivedAt }: { readonly topic: string; readonly receivedAt: string },
): unknown {
  if (path === '$topic') return topic
  if (path === '$receivedAt') return receivedAt
  // A name that holds a dot is found as it stands first.
  if (Object.hasOwn(message, path)) return message[path]
  let value: unknown = message
  for (const name of path.split('.')) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return null
    value = (value as Message)[name]
  }
  return value
}

/** The database keeps no zero bytes in texts. */
const withoutZeros = (line: string): string => line.replaceAll('\\u0000', '\\ufffd')

export const brokerRefused = text(
  '消息服务器拒绝登录或者订阅',
  'The broker refused to let the platform in or to send',
)
export const noLongerEntrusted = text(
  '登记人已不是提供单位的数据管理员，请由现任数据管理员重新登记',
  'Who set it up is no longer a data steward of the provider; a steward has to set it up anew',
)
