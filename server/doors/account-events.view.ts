import type { AccountEventView } from '@tiaoli/contract/account'
import type { AccountEvent, Identity } from '../foundations/identity/index.ts'

/** What happened to accounts, with the names of those concerned. */
export async function presentEvents(
  identity: Identity,
  events: readonly AccountEvent[],
): Promise<AccountEventView[]> {
  const names = await identity.userNames(events.flatMap(({ userId, by }) => [userId ?? [], by ?? []].flat()))
  const person = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? '' })
  return events.map(({ id, at, kind, userId, by, origin, details, recordId }) => ({
    id,
    at: at.toISOString(),
    kind,
    person: person(userId),
    by: person(by),
    address: origin?.address ?? null,
    agent: origin?.agent ?? null,
    details: { ...details },
    recordId,
  }))
}
