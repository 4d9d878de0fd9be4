import type { streamModes, streamStates } from '@tiaoli/contract/streams'
import type { Text } from '@tiaoli/kernel/text'

/** Messages of a broker that become rows of an entry (消息流). */
export type Stream = {
  readonly id: string
  readonly entryId: string
  readonly userId: string
  readonly userName: string
  readonly url: string
  readonly topic: string
  readonly user: string | null
  readonly sealedPassword: string | null
  readonly mapping: readonly { readonly field: string; readonly path: string }[]
  readonly mode: (typeof streamModes)[number]
  readonly everyMessages: number
  readonly everySeconds: number
  readonly state: (typeof streamStates)[number]
  readonly failure: Text | null
  readonly heardAt: Date | null
  readonly heard: number
  readonly malformed: number
  readonly waiting: number
  readonly batchId: string | null
  readonly createdAt: Date
}
