import { isDeepStrictEqual } from 'node:util'
import { type Refusal, refused, type Verdict } from '@tiaoli/kernel/decisions'
import { instantOf } from '@tiaoli/kernel/instants'
import { createAttemptLimit } from '../identity/index.ts'
import { type DurableRecord, LedgerError, type RecordInput } from '../ledger/index.ts'
import { type Access, type DecidedOn, grantedRecord, limitedRecord, refusedRecord } from './access-records.ts'
import type { Allowance } from './allowance.ts'
import { decide } from './decide.ts'
import { objectionOf, planOver, standingIn } from './door.rules.ts'
import { createFactsCache, type KnownFacts } from './facts-cache.ts'
import { GatewayError, GatewayUnavailable, LimitReached } from './gateway.errors.ts'
import type { EntryFacts, GrantUse, Plan } from './gateway.types.ts'
import { chargeFor, refusedUnder, usedUnder } from './grant-charge.ts'
import { type GrantStanding, type Needed, standingUnder } from './grant-meter.rules.ts'
import { identityNumberFields, pickedNumbers } from './look-ups.ts'
import { readerWithin } from './narrowed-reader.ts'
import type { RowReader } from './ports.ts'
import { entryNotAvailable } from './refusals.ts'
import type { Answer, GatewayDependencies, Outcome } from './requests.ts'

/** What a call does once it may: `rows` is how many it takes out, null where that is known only later. */
export type Reading<T> = {
  readonly access: Access
  readonly snapshotId?: string
  /** What the snapshot itself forbids. */
  readonly objection?: (reader: RowReader) => Refusal | undefined
  /** What it takes at most, asked where the grant has limits. */
  needs(plan: Plan, reader: RowReader): Promise<Needed> | Needed
  /**
   * `reader` has no other rows than those that the plan covers. `subjectFields`: with the identity numbers of those who
   * have a right to know of a look-up. `rows`: as many may be taken.
   */
  read(
    plan: Plan,
    reader: RowReader,
    subjectFields: readonly string[],
    rows: number,
  ): Promise<Taken<T> | { readonly refusal: Refusal }>
}

/** A call that is about to be made later. */
type Considered = Pick<Reading<never>, 'access' | 'snapshotId'> & {
  needs(plan: Plan, reader: RowReader): Promise<Needed>
  check(plan: Plan, reader: RowReader): void
}

type Taken<T> = {
  readonly value: T
  readonly rows: number | null
  readonly withheld?: boolean
  /** Identity numbers of the rows that were looked up. They go into no record. */
  readonly numbers?: readonly string[]
}

/** A call whose record is durable, with the epoch in which it was written. */
type Carried<T> = { readonly outcome: Outcome<Answer<T>>; readonly record: DurableRecord }

/** A decision, and what it was made on. */
type Decided = {
  readonly verdict: Verdict<Plan>
  readonly on: DecidedOn
  /** Of the grant with limits that it was about, where there is one. */
  readonly standing?: readonly GrantStanding[]
}

/** A call that is only thought of. */
type Foreseen = Omit<Access, 'act'>

/** Decisions that change under one call this many times in a row are no longer a coincidence. */
const mostRounds = 8

export type Door = ReturnType<typeof createDoor>

/** The way of every call: decide, read, record, and answer only if what was decided still holds by then. */
export function createDoor({
  ledger,
  lake,
  facts,
  use,
  commitment,
  clock,
  onRefused,
  allowance,
  meter,
  keeper,
  subjects,
}: GatewayDependencies) {
  const turnedAway = createAttemptLimit({ most: 1, windowMs: 60_000, keysKept: 10_000, now: Date.now })
  const cache = createFactsCache(facts, ledger.epoch, keeper)

  /** `before`: what was used when the call came in, where it is decided again: what it took itself is not held against it. */
  async function decideAccess(
    access: Access | Foreseen,
    known: KnownFacts,
    before?: ReadonlyMap<string, GrantUse>,
  ): Promise<Decided> {
    const now = clock.now()
    const used = before ?? (await usedUnder(meter, known.grants))
    const ends = known.grants.some(({ validUntil }) => validUntil !== null)
    const on = { facts: known.digest, decidedAt: ends ? instantOf(now) : null, used }
    if (known.entry === undefined) return { verdict: refused(entryNotAvailable), on }
    const verdict = decide({
      caller: access.caller,
      entry: known.entry,
      grants: known.grants,
      use,
      commitment,
      commitments: known.commitments,
      used,
      purpose: access.purpose,
      wantedFields: access.wanted,
      usedFields: access.used,
      ...('act' in access && { act: access.act }),
      now,
    })
    return used === undefined
      ? { verdict, on }
      : { verdict, on, standing: standingIn(access, known, used, now) }
  }

  /** @throws GatewayUnavailable; a record that cannot be stored as it was given is the caller's error and passes. */
  async function record(input: RecordInput): Promise<DurableRecord> {
    try {
      const written = await ledger.append(input)
      cache.noticed(written.epoch)
      return written
    } catch (cause) {
      if (cause instanceof LedgerError && cause.code === 'record-invalid') throw cause
      throw new GatewayUnavailable('the access could not be recorded', cause)
    }
  }

  async function refuse<T>(
    access: Access,
    refusal: Refusal,
    { on, standing }: Decided,
    supersedes?: string,
  ): Promise<Carried<T>> {
    const written = await record(refusedRecord(access, refusal, on, supersedes))
    await onRefused?.(access, refusal)
    return {
      outcome: { ok: false, refusal, recordId: written.id, ...(standing && { standing }) },
      record: written,
    }
  }

  async function noteSubjects(numbers: readonly string[], recordId: string): Promise<void> {
    await subjects!.note(numbers, recordId).catch((cause: unknown) => {
      throw new GatewayUnavailable('whose data were looked up could not be noted', cause)
    })
  }

  async function readerOf({ entryId }: Access, snapshotId: string | undefined): Promise<RowReader> {
    const reader = await lake.readerFor(entryId, snapshotId)
    if (reader === undefined) throw new GatewayError('snapshot-missing', entryId)
    return reader
  }

  /** Counts what a read took: its rows, and its time even where it failed. */
  async function counted<R extends Taken<unknown> | { readonly refusal: Refusal }>(
    { caller }: Access,
    read: () => Promise<R>,
  ): Promise<R> {
    const began = performance.now()
    let rows = 0
    try {
      const taken = await read()
      if (!('refusal' in taken)) rows = taken.rows ?? 0
      return taken
    } finally {
      allowance?.spend(caller, { rows, milliseconds: performance.now() - began })
    }
  }

  /**
   * Turns away who has used up what there is. On record it stands once a minute for a key, a party or an address: a
   * record of each would let whoever is refused fill the ledger.
   */
  async function limited(access: Access, error: LimitReached): Promise<LimitReached> {
    if (allowance !== undefined && turnedAway.begin(allowance.nameOf(access.caller)) === 0)
      await record(limitedRecord(access))
    return error
  }

  async function carryOut<T>(
    reading: Reading<T>,
    decided: Decided,
    supersedes: string | undefined,
    entry: EntryFacts | undefined,
  ): Promise<Carried<T>> {
    const { access } = reading
    const { verdict: decision, on } = decided
    if (!decision.ok) return refuse(access, decision.refusal, decided, supersedes)
    const whole = await readerOf(access, reading.snapshotId)
    const plan = planOver(access, decision.value, whole)
    const objection = objectionOf(reading, plan, whole)
    if (objection !== undefined) return refuse(access, objection, decided, supersedes)
    const reader = readerWithin(whole, plan.rowFilter)
    const charge = await chargeFor(meter, plan, () => reading.needs(plan, reader))
    if ('refusal' in charge) return refuse(access, charge.refusal, decided, supersedes)
    const subjectFields = subjects === undefined ? [] : identityNumberFields(entry, reader)
    const taken = await counted(access, () =>
      reading.read(plan, reader, subjectFields, charge.rows).catch(async (error: unknown) => {
        await charge.settle(0)
        throw error
      }),
    )
    const rows = 'refusal' in taken ? 0 : taken.rows
    await charge.settle(rows)
    if ('refusal' in taken) return refuse(access, taken.refusal, decided, supersedes)
    const written = await record(
      grantedRecord(access, plan, reader.snapshotId, rows, on, supersedes, taken.withheld),
    )
    const numbers = new Set([...pickedNumbers(access, subjectFields), ...(taken.numbers ?? [])])
    if (numbers.size > 0) await noteSubjects([...numbers], written.id)
    const { snapshotId } = reader
    const { value, withheld } = taken
    const answer = { value, plan, snapshotId, recordId: written.id, ...(withheld && { withheld }) }
    const standing = plan.limits && charge.use && standingUnder(plan.limits, charge.use, clock.now())
    return { outcome: { ok: true, value: answer, ...(standing && { standing }) }, record: written }
  }

  function enter(access: Access): Promise<never> | undefined {
    return allowance?.enter(access.caller) === false ? barred(access, allowance) : undefined
  }

  async function barred(access: Access, { standing }: Allowance): Promise<never> {
    throw await limited(access, new LimitReached(standing(access.caller)))
  }

  return {
    record,
    limited,

    /**
     * Facts come from a cache that may be behind another node. The record's own write tells whether it was: if the
     * epoch moved, the facts are read again and decided again before anything is answered.
     */
    async pass<T>(reading: Reading<T>): Promise<Outcome<Answer<T>>> {
      const { access } = reading
      await enter(access)
      let known = await cache.get(access.caller, access.entryId)
      let decision = await decideAccess(access, known)
      let supersedes: string | undefined
      for (let round = 0; round < mostRounds; round++) {
        const carried = await carryOut(reading, decision, supersedes, known.entry)
        if (carried.record.epoch <= known.epoch) return carried.outcome
        known = await cache.get(access.caller, access.entryId)
        const again = await decideAccess(access, known, decision.on.used)
        if (isDeepStrictEqual(again.verdict, decision.verdict)) return carried.outcome
        decision = again
        supersedes = carried.record.id
      }
      throw new GatewayError('gateway-unsettled', access.entryId)
    },

    /**
     * Decides on the facts as they are now, before anything is read: a refusal is recorded, a plan comes to nothing
     * yet. `check` throws what cannot be done with the snapshot. Of limits nothing is taken: the call that follows does.
     */
    async consider({ access, snapshotId, needs, check }: Considered): Promise<Outcome<Plan>> {
      await enter(access)
      cache.noticed(await ledger.epoch())
      const decided = await decideAccess(access, await cache.get(access.caller, access.entryId))
      const { verdict } = decided
      const refusing = async (refusal: Refusal) =>
        (await refuse<never>(access, refusal, decided)).outcome as Outcome<never>
      if (!verdict.ok) return refusing(verdict.refusal)
      const reader = await readerOf(access, snapshotId)
      const plan = planOver(access, verdict.value, reader)
      const objection = objectionOf({ access }, plan, reader)
      if (objection !== undefined) return refusing(objection)
      const within = readerWithin(reader, plan.rowFilter)
      check(plan, within)
      const beyond = await refusedUnder(decided.on.used, plan, () => needs(plan, within))
      if (beyond !== undefined) return refusing(beyond)
      return { ok: true, value: verdict.value }
    },

    /** Decides on the facts as they are now, and does nothing else. */
    async foresee(access: Foreseen): Promise<Verdict<Plan>> {
      cache.noticed(await ledger.epoch())
      return (await decideAccess(access, await cache.get(access.caller, access.entryId))).verdict
    },
  }
}
