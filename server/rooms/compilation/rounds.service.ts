import { entryDraftSchema } from '@tiaoli/contract/catalogue'
import type { openRound } from '@tiaoli/contract/rounds'
import { newId } from '@tiaoli/kernel/ids'
import { isCivilDate } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { z } from 'zod'
import { isPublicBody, type Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { type DraftInput, stewardOf } from '../catalogue/index.ts'
import type { CompilationDeps } from './compilation.deps.ts'
import { holdsOffice, requireOffered, requireOffice } from './compilation.policy.ts'
import type { Part, Proposal, Round } from './rounds.store.ts'
import * as store from './rounds.store.ts'

export type RoundInput = z.output<(typeof openRound)['body']>

export type Rounds = ReturnType<typeof createRounds>

/** Rounds in which the authority has bodies compile their part of the catalogue. @article CQ-22.3-a CQ-22.4-a */
export function createRounds(deps: CompilationDeps) {
  const { database, catalogue, identity, ledger, notices, rules, clock } = deps
  const { db } = database
  const office = rules.editions?.by ?? rules.specification?.by ?? ''

  const kindOf = (key: string) => rules.rounds.find((kind) => kind.key === key)
  const seesAll = (session: Session) => holdsOffice(session, office)

  async function requireRound(session: Session, id: string): Promise<Round> {
    const round = await store.findRound(db, id)
    const part = round && (await partOf(session, id))
    if (round === undefined || (part === undefined && !seesAll(session))) throw new Problem('not-found')
    return round
  }

  async function partOf(session: Session, roundId: string): Promise<Part | undefined> {
    const own = session.user?.organisation?.id
    return (await store.participantsOf(db, roundId)).find((each) => each.organisationId === own)?.part
  }

  function requireOpen(round: Round): void {
    if (round.closedAt !== null)
      throw new Problem('act-not-available', {
        condition: text('编制任务已经结束', 'The round is closed'),
      })
  }

  /** Officers and stewards act for their body in a round. */
  function requireMember(session: Session): string {
    const { user } = session
    if (user?.organisation && user.powers.some((power) => power === 'steward' || power === 'officer'))
      return user.organisation.id
    throw new Problem('not-allowed')
  }

  const record = (
    tx: Parameters<typeof ledger.record>[0],
    session: Session,
    round: Round,
    outcome: string,
    payload: Record<string, string | null>,
    entryId: string | null = null,
  ) =>
    ledger.record(tx, {
      kind: 'round.act',
      userId: session.user!.id,
      organisationId: session.user!.organisation!.id,
      entryId,
      article: kindOf(round.kind)?.article ?? null,
      outcome,
      payload: { round: round.id, ...payload },
    })

  return {
    kinds: rules.rounds,
    seesAll,
    requireRound,
    partOf,
    bodiesFor: (holders: readonly string[]) =>
      identity.organisations().filter((body) => body.roles.some((role) => holders.includes(role))),
    list: (session: Session, before: string | undefined, limit: number) => {
      const own = session.user?.organisation?.id
      if (own === undefined) return Promise.resolve([])
      return store.findRounds(db, seesAll(session) ? undefined : own, before, limit)
    },
    participants: (roundId: string) => store.participantsOf(db, roundId),
    entries: (roundId: string) => store.entriesOf(db, roundId),
    proposals: (roundId: string) => store.proposalsOf(db, roundId),

    async open(session: Session, input: RoundInput): Promise<Round> {
      const openerId = requireOffice(session, requireOffered(office || undefined), '')
      const kind = kindOf(input.kind)
      if (kind === undefined) throw fault('kind', text('没有此类编制任务', 'There is no such kind of round'))
      if (input.target !== null && !isCivilDate(input.target.dueOn))
        throw fault('target.dueOn', text('不是有效日期', 'Not a date'))
      for (const [index, { organisationId, part }] of input.participants.entries()) {
        const body = identity.organisation(organisationId)
        const fits =
          part === 'organisation'
            ? body?.roles.some((role) => kind.holders.includes(role))
            : kind.bySector && body !== undefined && (isPublicBody(body) || part === 'association')
        if (!fits)
          throw fault(
            `participants.${index}`,
            text('该单位不承担此类编制任务', 'This body cannot be given the task'),
          )
      }
      const ids = input.participants.map((each) => each.organisationId)
      if (new Set(ids).size !== ids.length)
        throw fault('participants', text('单位重复', 'A body stands twice'))
      if (kind.bySector && input.sector === '') throw fault('sector', text('请写明行业', 'State the sector'))
      const round: Round = {
        id: newId(),
        kind: kind.key,
        title: input.title,
        sector: input.sector,
        openerId,
        openedAt: clock.now(),
        closedAt: null,
        dueOn: input.target?.dueOn ?? null,
        instrument: input.target?.instrument ?? null,
      }
      await database.inTransaction(async (tx) => {
        await store.insertRound(tx, round, input.participants)
        await record(tx, session, round, 'opened', { title: round.title })
        for (const { organisationId } of input.participants)
          await notices.send(tx, await identity.members(tx, organisationId, ['steward', 'officer']), {
            kind: 'round.opened',
            title: text(`编制任务：${round.title}`, `Compiling round: ${round.title}`),
            body: text(
              '请按编制规范编制并提交目录条目。',
              'Compile your entries by the specification and hand them in.',
            ),
            link: `/desk/rounds/${round.id}`,
          })
      })
      return round
    },

    async close(session: Session, id: string): Promise<void> {
      const round = await requireRound(session, id)
      requireOffice(session, office, kindOf(round.kind)?.article ?? '')
      await database.inTransaction(async (tx) => {
        if (!(await store.closeRound(tx, id, clock.now()))) requireOpen({ ...round, closedAt: clock.now() })
        await record(tx, session, round, 'closed', {})
      })
    },

    /** Whoever takes part can say what ought to be catalogued, by whom and for which need. */
    async propose(
      session: Session,
      roundId: string,
      input: { title: string; need: string; providerId: string },
    ): Promise<void> {
      const round = await requireRound(session, roundId)
      const proposerId = requireMember(session)
      requireOpen(round)
      if (!kindOf(round.kind)?.bySector)
        throw new Problem('act-not-available', {
          condition: text(
            '此类任务由单位自行编制，不接受提议',
            'Bodies compile by themselves in this kind of round',
          ),
        })
      const participants = await store.participantsOf(db, roundId)
      if (
        !participants.some((each) => each.organisationId === input.providerId && each.part === 'organisation')
      )
        throw fault('providerId', text('该单位不在编制任务中', 'This body has no task in the round'))
      const id = newId()
      await database.inTransaction(async (tx) => {
        const proposal = { id, roundId, proposerId, ...input, confirmations: [], entryId: null }
        await store.insertProposal(tx, proposal, clock.now())
        await record(tx, session, round, 'proposed', { proposal: id, need: input.need })
      })
    },

    /** Whose confirmations a proposal needs: the regulators of the round and the body that would provide the data. */
    confirmersOf,
    isConfirmed,

    async confirm(session: Session, roundId: string, proposalId: string): Promise<void> {
      const round = await requireRound(session, roundId)
      const organisationId = requireMember(session)
      requireOpen(round)
      await database.inTransaction(async (tx) => {
        const proposal = await store.lockProposal(tx, roundId, proposalId)
        if (proposal === undefined) throw new Problem('not-found')
        const participants = await store.participantsOf(tx, roundId)
        if (!confirmersOf(proposal, participants).includes(organisationId))
          throw new Problem('not-allowed', {
            condition: text(
              '由行业主管部门和数据提供单位确认',
              'The regulator and the providing body confirm',
            ),
          })
        if (proposal.confirmations.some((each) => each.organisationId === organisationId))
          throw new Problem('act-not-available', { condition: text('已经确认', 'Confirmed already') })
        const confirmation = { organisationId, userId: session.user!.id, at: clock.now().toISOString() }
        await store.writeConfirmations(tx, proposalId, [...proposal.confirmations, confirmation])
        await record(tx, session, round, 'confirmed', { proposal: proposalId })
      })
    },

    async draft(session: Session, roundId: string, proposalId: string): Promise<void> {
      const round = await requireRound(session, roundId)
      requireOpen(round)
      const proposal = (await store.proposalsOf(db, roundId)).find((each) => each.id === proposalId)
      if (proposal === undefined) throw new Problem('not-found')
      if (stewardOf(session) !== proposal.providerId)
        throw new Problem('not-allowed', {
          condition: text('由数据提供单位的数据管理员起草', 'A data steward of the providing body drafts it'),
        })
      const participants = await store.participantsOf(db, roundId)
      if (proposal.entryId !== null || !isConfirmed(proposal, participants))
        throw new Problem('act-not-available', {
          condition: text('提议尚未全部确认，或者已经起草', 'It is not confirmed by all, or drafted already'),
        })
      const { title, need } = proposal
      const part = kindOf(round.kind)!.part
      const entry = await catalogue.create(session, entryDraftSchema.parse({ title, need, part }))
      await store.writeProposalEntry(db, proposalId, entry.id)
    },

    /** Hands many entries in. What fails the check stays with its provider, and its faults are kept with the round. */
    async submit(session: Session, entryIds: readonly string[], roundId: string | undefined) {
      const round = roundId === undefined ? undefined : await requireRound(session, roundId)
      if (round !== undefined) requireOpen(round)
      const items: SubmittedEntry[] = []
      for (const id of new Set(entryIds)) {
        const entry = await catalogue.requireEntry(session, id)
        if (stewardOf(session) !== entry.providerId) throw new Problem('not-allowed')
        const outcome = await catalogue
          .handIn(session, id, round?.title ?? '成批提交')
          .then(() => null)
          .catch((error: unknown) => problemIn(error))
        const faults = (outcome?.parts.errors ?? []).map(({ path, message }) => ({ path, message }))
        if (round !== undefined)
          await store.writeRoundEntry(db, round.id, { entryId: id, faults }, clock.now())
        items.push({ entryId: id, title: entry.content.title, problem: outcome, faults })
      }
      return items
    },

    /** Drafts many entries; one that is refused at once leaves the others alone. */
    async importDrafts(session: Session, drafts: readonly DraftInput[]) {
      const items: { title: string; entryId: string | null; problem: Problem | null }[] = []
      for (const draft of drafts)
        items.push(
          await catalogue
            .create(session, draft)
            .then(({ id }) => ({ title: draft.title, entryId: id, problem: null }))
            .catch((error: unknown) => ({ title: draft.title, entryId: null, problem: problemIn(error) })),
        )
      // Whoever may compile nothing is told so once, and not entry by entry.
      const refusal = items.find(({ problem }) => problem?.code === 'not-allowed')?.problem
      if (refusal) throw refusal
      return items
    },
  }
}

export type SubmittedEntry = {
  readonly entryId: string
  readonly title: string
  readonly problem: Problem | null
  readonly faults: { path: string; message: { zh: string; en: string } }[]
}

function problemIn(error: unknown): Problem {
  if (error instanceof Problem && error.status < 500) return error
  throw error
}

const confirmersOf = (
  { providerId }: Proposal,
  participants: readonly { organisationId: string; part: Part }[],
): string[] => [
  ...participants.filter((each) => each.part === 'regulator').map((each) => each.organisationId),
  providerId,
]

const isConfirmed = (proposal: Proposal, participants: Parameters<typeof confirmersOf>[1]): boolean =>
  confirmersOf(proposal, participants).every((id) =>
    proposal.confirmations.some((each) => each.organisationId === id),
  )

const fault = (path: string, message: { zh: string; en: string }): Problem =>
  new Problem('content-incomplete', { condition: message, errors: [{ path, message }] })
