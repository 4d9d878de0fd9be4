import type { Tx } from '../../foundations/database/index.ts'
import type { Identity } from '../../foundations/identity/index.ts'
import type { Agreement } from './agreement.model.ts'

type Sides = Pick<Agreement, 'organisationId' | 'userId' | 'authorityId' | 'providerId'>

/** Ids of the people who are told of what happens to an agreement. */
export function partiesOf(identity: Identity) {
  const user = async (tx: Tx, { organisationId, userId }: Sides): Promise<string[]> =>
    organisationId === null ? [userId!] : identity.members(tx, organisationId, ['requester'])
  const authority = (tx: Tx, { authorityId }: Sides) => identity.members(tx, authorityId, ['officer'])
  const provider = (tx: Tx, { providerId }: Sides) => identity.members(tx, providerId, ['steward'])
  return {
    user,
    authority,
    provider,
    all: async (tx: Tx, sides: Sides): Promise<string[]> => [
      ...(await user(tx, sides)),
      ...(await authority(tx, sides)),
      ...(await provider(tx, sides)),
    ],
  }
}
