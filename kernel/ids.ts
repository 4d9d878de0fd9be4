import { v7 } from 'uuid'

/** Random bytes are fetched for many ids at once: asking the system for each alone cost more than the id itself. */
const bytesPerId = 16
const pool = new Uint8Array(bytesPerId * 256)
let used = pool.length

function nextRandom(): Uint8Array {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  used += bytesPerId
  return pool.subarray(used - bytesPerId, used)
}

let lastMs = 0
let sequence = 0

/** An identifier that sorts by the time it was made (UUID version 7, RFC 9562), in lower-case hex with dashes. */
export function newId(): string {
  const random = nextRandom()
  const now = Date.now()
  if (now > lastMs) {
    lastMs = now
    // Begins below the middle of its 32 bits, so that the ids of one millisecond have room to count up.
    sequence = ((random[6]! & 0x7f) << 24) | (random[7]! << 16) | (random[8]! << 8) | random[9]!
  } else sequence++
  return v7({ random, msecs: lastMs, seq: sequence })
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const isId = (value: string): boolean => uuid.test(value)
