import * as contract from '@tiaoli/contract/rounds'
import { isIdText, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import { statesToCheck, stewardOf } from '../catalogue/index.ts'
import type { CompilationRoutesDeps } from './compilation.ts'
import { organisationIn } from './compilation.view.ts'
import type { Round } from './rounds.store.ts'

export function mountRounds(
  mount: Mount,
  { compilation: { rounds }, catalogue, identity }: CompilationRoutesDeps,
  rulebook: Rulebook,
): void {
  const organisation = organisationIn(identity)

  function presentRound(round: Round) {
    const kind = rounds.kinds.find(({ key }) => key === round.kind)
    return {
      id: round.id,
      kind: round.kind,
      term: kind?.term ?? { zh: round.kind, en: round.kind },
      article: kind?.article ?? '',
      title: round.title,
      sector: round.sector,
      openedAt: round.openedAt.toISOString(),
      closedAt: round.closedAt?.toISOString() ?? null,
      opener: organisation(round.openerId),
      target:
        round.dueOn === null
          ? null
          : { dueOn: round.dueOn, instrument: round.instrument ?? '', statutory: false as const },
    }
  }

  async function show(session: Session, roundId: string) {
    const round = await rounds.requireRound(session, roundId)
    const [participants, handedIn, proposals, part] = await Promise.all([
      rounds.participants(roundId),
      rounds.entries(roundId),
      rounds.proposals(roundId),
      rounds.partOf(session, roundId),
    ])
    const entries = await catalogue.findAll(handedIn.map(({ entryId }) => entryId))
    const waiting = new Set(statesToCheck(rulebook))
    const own = session.user?.organisation?.id
    const progress = participants.map(({ organisationId, part: theirs }) => {
      const items = handedIn.flatMap(({ entryId, faults }) => {
        const entry = entries.find(({ id }) => id === entryId)
        if (entry?.providerId !== organisationId) return []
        const state = waiting.has(entry.status) ? 'ready' : entry.published ? 'published' : 'returned'
        const { title } = entry.pending ?? entry.content
        return [{ entryId, title, state: state as 'ready' | 'published' | 'returned', faults: [...faults] }]
      })
      const count = (state: string) => items.filter((item) => item.state === state).length
      // A body sees its own entries; those of others only as figures, except for the authority and the regulator.
      const sees = rounds.seesAll(session) || part === 'regulator' || organisationId === own
      return {
        organisation: organisation(organisationId),
        part: theirs,
        ready: count('ready'),
        returned: count('returned'),
        published: count('published'),
        entries: sees ? items : [],
      }
    })
    return {
      ...presentRound(round),
      progress,
      proposals: proposals.map((proposal) => {
        const confirmed = rounds.isConfirmed(proposal, participants)
        const mine = proposal.confirmations.some(({ organisationId }) => organisationId === own)
        return {
          id: proposal.id,
          title: proposal.title,
          need: proposal.need,
          proposer: organisation(proposal.proposerId),
          provider: organisation(proposal.providerId),
          confirmedBy: proposal.confirmations.map(({ organisationId, at }) => ({
            ...organisation(organisationId),
            at,
          })),
          entryId: proposal.entryId,
          confirmable:
            own !== undefined && !mine && rounds.confirmersOf(proposal, participants).includes(own),
          draftable: confirmed && proposal.entryId === null && stewardOf(session) === proposal.providerId,
        }
      }),
      part: part ?? null,
      closable: round.closedAt === null && rounds.seesAll(session),
    }
  }

  mount(contract.listRounds, async ({ query, session }) => {
    const before = readCursor('rounds', query.cursor, isIdText)
    const found = await rounds.list(session, before, query.limit + 1)
    const page = found.slice(0, query.limit)
    return {
      items: page.map(presentRound),
      nextCursor: found.length > query.limit ? writeCursor('rounds', page.at(-1)!.id) : null,
      kinds: rounds.kinds.map(({ key, term, article, bySector, holders }) => ({
        key,
        term,
        article,
        bySector,
        bodies: rounds.bodiesFor(holders).map(({ id }) => organisation(id)),
      })),
      openable: rounds.kinds.length > 0 && rounds.seesAll(session),
    }
  })
  mount(contract.openRound, async ({ body, session }) => show(session, (await rounds.open(session, body)).id))
  mount(contract.getRound, ({ params, session }) => show(session, params.roundId))
  mount(contract.closeRound, async ({ params, session }) => {
    await rounds.close(session, params.roundId)
    return show(session, params.roundId)
  })
  mount(contract.proposeEntry, async ({ params, body, session }) => {
    await rounds.propose(session, params.roundId, body)
    return show(session, params.roundId)
  })
  mount(contract.confirmProposal, async ({ params, session }) => {
    await rounds.confirm(session, params.roundId, params.proposalId)
    return show(session, params.roundId)
  })
  mount(contract.draftProposal, async ({ params, session }) => {
    await rounds.draft(session, params.roundId, params.proposalId)
    return show(session, params.roundId)
  })
  mount(contract.submitEntries, async ({ body, session }) => {
    const items = await rounds.submit(session, body.entryIds, body.roundId)
    return {
      ready: items.filter(({ problem }) => problem === null).length,
      returned: items.filter(({ problem }) => problem !== null).length,
      items: items.map(({ entryId, title, problem, faults }) => ({
        entryId,
        title,
        submitted: problem === null,
        condition: problem?.parts.condition ?? null,
        article: problem?.parts.article ?? null,
        faults,
      })),
    }
  })
  mount(contract.importEntries, async ({ body, session }) => {
    const items = await rounds.importDrafts(session, body.entries)
    return {
      drafted: items.filter(({ entryId }) => entryId !== null).length,
      items: items.map(({ title, entryId, problem }) => ({
        title,
        entryId,
        condition: problem?.parts.condition ?? null,
        article: problem?.parts.article ?? null,
      })),
    }
  })
}
