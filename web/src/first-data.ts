import { getEntry } from '@tiaoli/contract/catalogue'
import { currentSession } from '@tiaoli/contract/identity'
import { getStatistics } from '@tiaoli/contract/platform'
import { getRulebook } from '@tiaoli/contract/rulebook'
import { matchPath } from 'react-router'
import { readAhead } from './kit/api.ts'

/**
 * Reads what the page of an address shows first. The server names the same addresses in the head of the page, so that
 * the answers are under way while scripts load. What fails is read again, and told, where it is shown.
 */
export async function readFirst(pathname: string): Promise<void> {
  const entryId = matchPath('/entries/:entryId', pathname)?.params.entryId
  await Promise.all([
    readAhead(currentSession, {}),
    readAhead(getRulebook, {}),
    ...(pathname === '/' ? [readAhead(getStatistics, {})] : []),
    ...(entryId === undefined ? [] : [readAhead(getEntry, { params: { entryId } })]),
  ])
}
