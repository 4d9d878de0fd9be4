import { text } from '@tiaoli/kernel/text'
import { LRUCache } from 'lru-cache'
import type { PageRequest } from '../../foundations/gateway/index.ts'
import type { Row } from '../../foundations/lake/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { PublicRows } from './gateway-reader.ts'

const rowsPerRead = 1_000
/** How far into the rows an offset may lie where the place was not reached by reading on from the beginning. */
const furthestJump = 20_000

export type OffsetReader = ReturnType<typeof createOffsetReader>

/**
 * Rows by offset, for clients that know no cursor. Where a page ended is kept, so that whoever reads on pays for
 * their page alone; another node, or a place that was forgotten, reads its way there.
 */
export function createOffsetReader(rows: PublicRows) {
  const places = new LRUCache<string, string>({ max: 20_000 })

  /** Throws `bad-request` for an offset that lies too far ahead. */
  return async (
    address: string,
    entryId: string,
    query: Omit<PageRequest, 'limit' | 'cursor' | 'snapshotId'>,
    offset: number,
    limit: number,
  ) => {
    // What is decided and which snapshot is live is the same for all reads of one call.
    const first = await rows.page(address, entryId, { ...query, limit: 1 })
    const { snapshotId } = first
    const { total } = first.value
    const found: Row[] = []
    const answer = { rows: found, total, plan: first.plan, recordId: first.recordId }
    if (limit === 0 || (total !== null && offset >= total)) return answer
    const placeOf = (at: number) => JSON.stringify([entryId, snapshotId, query, at])
    let cursor = places.get(placeOf(offset))
    let at = cursor === undefined ? 0 : offset
    if (offset - at > furthestJump) throw tooFar()
    while (at < offset + limit) {
      const aim = at < offset ? offset - at : offset + limit - at
      const { value } = await rows.page(address, entryId, {
        ...query,
        snapshotId,
        limit: Math.min(aim, rowsPerRead),
        ...(cursor === undefined ? {} : { cursor }),
      })
      if (at >= offset) found.push(...value.rows)
      at += value.rows.length
      if (value.nextCursor === null) break
      cursor = value.nextCursor
      places.set(placeOf(at), cursor)
    }
    return answer
  }
}

const tooFar = (): Problem =>
  new Problem('bad-request', {
    condition: text(
      `offset 最多向前跳 ${furthestJump} 行`,
      `An offset reaches ${furthestJump} rows ahead of what was read`,
    ),
    remedy: text('请从头依次读取，或者下载整个文件。', 'Read on from the beginning, or download the file.'),
  })
