import type { CivilDate } from '@tiaoli/kernel/instants'
import { sql } from 'kysely'
import type { Store, Tx } from '../../foundations/database/index.ts'
import type { EntryFault } from '../catalogue/index.ts'

export type Part = 'organisation' | 'regulator' | 'association'
export type Participant = { readonly organisationId: string; readonly part: Part }

export type Round = {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly sector: string
  readonly openerId: string
  readonly openedAt: Date
  readonly closedAt: Date | null
  readonly dueOn: CivilDate | null
  readonly instrument: string | null
}

export type Confirmation = { readonly organisationId: string; readonly userId: string; readonly at: string }
export type Proposal = {
  readonly id: string
  readonly roundId: string
  readonly proposerId: string
  readonly providerId: string
  readonly title: string
  readonly need: string
  readonly confirmations: readonly Confirmation[]
  readonly entryId: string | null
}
export type RoundEntry = { readonly entryId: string; readonly faults: readonly EntryFault[] }

type Row = Record<string, unknown>
const roundOf = (row: Row): Round =>
  ({
    id: row.id,
    kind: row.kind,
    title: row.title,
    sector: row.sector,
    openerId: row.opener_id,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    dueOn: row.due_on,
    instrument: row.instrument,
  }) as Round
const proposalOf = (row: Row): Proposal =>
  ({
    id: row.id,
    roundId: row.round_id,
    proposerId: row.proposer_id,
    providerId: row.provider_id,
    title: row.title,
    need: row.need,
    confirmations: row.confirmations,
    entryId: row.entry_id,
  }) as Proposal

export async function insertRound(tx: Tx, round: Round, participants: readonly Participant[]): Promise<void> {
  await sql`insert into compiling_round (id, kind, title, sector, opener_id, opened_at, due_on, instrument)
    values (${round.id}, ${round.kind}, ${round.title}, ${round.sector}, ${round.openerId}, ${round.openedAt}, ${round.dueOn}, ${round.instrument})`.execute(
    tx,
  )
  for (const { organisationId, part } of participants)
    await sql`insert into round_participant (round_id, organisation_id, part) values (${round.id}, ${organisationId}, ${part})`.execute(
      tx,
    )
}

export async function findRound(db: Store | Tx, id: string): Promise<Round | undefined> {
  const { rows } = await sql<Row>`select * from compiling_round where id = ${id}`.execute(db)
  return rows[0] && roundOf(rows[0])
}

/** Newest first: those in which the body takes part, or all. */
export async function findRounds(
  db: Store | Tx,
  organisationId: string | undefined,
  before: string | undefined,
  limit: number,
): Promise<Round[]> {
  const { rows } = await sql<Row>`select * from compiling_round r
    where (${organisationId ?? null}::text is null or exists (
      select 1 from round_participant p where p.round_id = r.id and p.organisation_id = ${organisationId ?? null}))
    and (${before ?? null}::text is null or id < ${before ?? null}) order by id desc limit ${limit}`.execute(
    db,
  )
  return rows.map(roundOf)
}

export async function closeRound(tx: Tx, id: string, at: Date): Promise<boolean> {
  const result =
    await sql`update compiling_round set closed_at = ${at} where id = ${id} and closed_at is null`.execute(tx)
  return Number(result.numAffectedRows) === 1
}

export async function participantsOf(db: Store | Tx, roundId: string): Promise<Participant[]> {
  const { rows } = await sql<{ organisation_id: string; part: Part }>`
    select organisation_id, part from round_participant where round_id = ${roundId} order by organisation_id`.execute(
    db,
  )
  return rows.map((row) => ({ organisationId: row.organisation_id, part: row.part }))
}

export async function writeRoundEntry(
  tx: Store | Tx,
  roundId: string,
  entry: RoundEntry,
  at: Date,
): Promise<void> {
  await sql`insert into round_entry (round_id, entry_id, faults, at) values (${roundId}, ${entry.entryId}, ${JSON.stringify(entry.faults)}, ${at})
    on conflict (round_id, entry_id) do update set faults = excluded.faults, at = excluded.at`.execute(tx)
}

export async function entriesOf(db: Store | Tx, roundId: string): Promise<RoundEntry[]> {
  const { rows } = await sql<{ entry_id: string; faults: EntryFault[] }>`
    select entry_id, faults from round_entry where round_id = ${roundId} order by at, entry_id`.execute(db)
  return rows.map((row) => ({ entryId: row.entry_id, faults: row.faults }))
}

export async function insertProposal(tx: Tx, proposal: Proposal, at: Date): Promise<void> {
  await sql`insert into round_proposal (id, round_id, proposer_id, provider_id, title, need, confirmations, at)
    values (${proposal.id}, ${proposal.roundId}, ${proposal.proposerId}, ${proposal.providerId}, ${proposal.title}, ${proposal.need},
      ${JSON.stringify(proposal.confirmations)}, ${at})`.execute(tx)
}

export async function proposalsOf(db: Store | Tx, roundId: string): Promise<Proposal[]> {
  const { rows } =
    await sql<Row>`select * from round_proposal where round_id = ${roundId} order by id`.execute(db)
  return rows.map(proposalOf)
}

/** Held until the end of the transaction: of two who confirm together the second sees the first. */
export async function lockProposal(tx: Tx, roundId: string, id: string): Promise<Proposal | undefined> {
  const { rows } = await sql<Row>`select * from round_proposal
    where round_id = ${roundId} and id = ${id} for update`.execute(tx)
  return rows[0] && proposalOf(rows[0])
}

export async function writeConfirmations(tx: Tx, id: string, all: readonly Confirmation[]): Promise<void> {
  await sql`update round_proposal set confirmations = ${JSON.stringify(all)} where id = ${id}`.execute(tx)
}

/** False where another entry was drafted for it meanwhile. */
export async function writeProposalEntry(tx: Store | Tx, id: string, entryId: string): Promise<boolean> {
  const result =
    await sql`update round_proposal set entry_id = ${entryId} where id = ${id} and entry_id is null`.execute(
      tx,
    )
  return Number(result.numAffectedRows) === 1
}
