import { areaOf, type Identity, isInArea, type Session } from '../foundations/identity/index.ts'
import type { RecordFilter, RecordView } from '../foundations/ledger/ledger.types.ts'

export type RecordPolicy = ReturnType<typeof createRecordPolicy>

/**
 * Who sees which records: an authority those of its area, everybody else their own and their organisation's, and a
 * provider every access to its entries. Whoever may not see one is told nothing of it.
 */
export function createRecordPolicy(
  identity: Identity,
  providerOf: (entryId: string) => Promise<string | undefined>,
) {
  const areaFor = (session: Session) => areaOf(session, identity.organisations(), 'officer', 'supervisor')

  /** The answers to calls for data, and to them alone, are anybody's who was given their number. */
  const isAnonymous = ({ kind, userId, organisationId }: RecordView): boolean =>
    userId === null && organisationId === null && /^(access\.|proof\.)/.test(kind)

  async function providesEntry({ user }: Session, entryId: string | null): Promise<boolean> {
    const own = user?.organisation?.id
    return own !== undefined && entryId !== null && (await providerOf(entryId)) === own
  }

  const isParty = ({ user }: Session, { userId, organisationId }: RecordView): boolean =>
    (userId !== null && userId === user?.id) ||
    (organisationId !== null && organisationId === user?.organisation?.id)

  /** Whether the caller answers for others' accesses, and so knows what its refusals keep back. */
  const seesBehind = async (session: Session, record: RecordView): Promise<boolean> =>
    isInArea(areaFor(session), record.organisationId) ||
    (record.kind.startsWith('access.') && (await providesEntry(session, record.entryId)))

  return {
    /** What is of nobody in particular is the business of those who answer for the whole city. */
    seesAll: (session: Session): boolean => areaFor(session) === null,
    seesBehind,
    mayRead: async (session: Session, record: RecordView): Promise<boolean> =>
      isParty(session, record) || (await seesBehind(session, record)),
    /** A caller without an account was given the number of the record with the answer, and nobody else was. */
    mayProve: async (session: Session, record: RecordView): Promise<boolean> =>
      isAnonymous(record) || isParty(session, record) || (await seesBehind(session, record)),

    /** What a search of the caller is narrowed to. */
    async scopeOf(session: Session, entryId: string | undefined): Promise<RecordFilter> {
      const area = areaFor(session)
      if (area === null) return {}
      if (area !== undefined) return { organisationIds: area }
      const { user } = session
      if (user?.organisation && entryId !== undefined && (await providesEntry(session, entryId)))
        return { ownOrAccesses: user.organisation.id }
      return user?.organisation ? { organisationIds: [user.organisation.id] } : { personId: user!.id }
    },
  }
}
