import { granted, type Refusal, refused, type Verdict } from '@tiaoli/kernel/decisions'
import type { Mask } from '@tiaoli/kernel/masks'
import { freeGrade, lackOfGrade, lackOfMeasure, lackOfRows } from './bounds.ts'
import type { DecideInput } from './decide.types.ts'
import type { AccessFacts, EntryFacts, FieldFacts, GrantFacts, Plan, PlannedField } from './gateway.types.ts'
import { showingOf } from './masks.ts'
import {
  commitmentBroken,
  commitmentMissing,
  dutyNotDeclared,
  grantExpired,
  grantNotForEntry,
  grantRevoked,
  grantSuspended,
  notFree,
  otherPurpose,
} from './refusals.ts'
import type { Trace } from './trace.ts'

/** A limit of the platform, not of the law: a page is held in memory. */
const maxRowsPerPage = 1_000

/** A plan whose marks are still to be told: they follow from what is taken of it. */
export type GroundPlan = Omit<Plan, 'watermark'>

export function ownPlan({ entry, purpose, caller, trace }: DecideInput): Verdict<GroundPlan> {
  trace?.({
    ground: 'own',
    condition: 'provider',
    met: true,
    article: entry.sharing.article,
    facts: { provider: entry.providerId, caller: caller.organisationId },
  })
  return granted({
    basis: 'own',
    article: entry.sharing.article,
    grantId: null,
    scenario: purpose.scenario ?? null,
    fields: planned(entry, inClear),
    maxRowsPerPage,
  })
}

export function grantPlan(input: DecideInput, grant: GrantFacts): Verdict<GroundPlan> {
  const { caller, entry, use, purpose, now, trace } = input
  const at = { ground: 'granted', grantId: grant.id } as const
  const holder =
    (grant.organisationId !== null && grant.organisationId === caller.organisationId) ||
    (grant.userId !== null && grant.userId === caller.userId)
  const held = holder && grant.entryId === entry.id
  trace?.({ ...at, condition: 'grant-held', met: held, article: use.scope.article, facts: {} })
  if (!held) return refused(grantNotForEntry(use.scope.article))
  const stands = grant.revokedAt === null
  const { article, revokedAt, validUntil, scenario } = grant
  trace?.({ ...at, condition: 'not-revoked', met: stands, article, facts: { revokedAt } })
  if (!stands) return refused(grantRevoked(grant))
  const runs = validUntil === null || now.getTime() <= Date.parse(validUntil)
  trace?.({ ...at, condition: 'not-expired', met: runs, article, facts: { validUntil } })
  if (!runs) return refused(grantExpired(grant))
  const suspendedAt = grant.suspendedAt ?? null
  trace?.({
    ...at,
    condition: 'not-suspended',
    met: suspendedAt === null,
    article: null,
    facts: { suspendedAt },
  })
  if (suspendedAt !== null) return refused(grantSuspended(grant))
  const fits = purpose.scenario === undefined || purpose.scenario === scenario
  trace?.({
    ...at,
    condition: 'same-purpose',
    met: fits,
    article: use.purpose.article,
    facts: { granted: scenario, stated: purpose.scenario ?? null },
  })
  if (!fits) return refused(otherPurpose(use.purpose))
  const uncommitted = lackOfCommitment(input, 'granted', grant.id)
  if (uncommitted !== undefined) return refused(uncommitted)
  const ungraded = lackOfGrade(input, grant)
  if (ungraded !== undefined) return refused(ungraded)
  const unbounded = lackOfRows(input, grant) ?? lackOfMeasure(input, grant)
  if (unbounded !== undefined) return refused(unbounded)
  const given = new Set(grant.fields)
  const maskOf = (name: string): Mask => ownEntry(grant.masks, name) ?? 'none'
  const guarded = entry.fields.filter(
    ({ name, sensitivity }) =>
      given.has(name) &&
      (maskOf(name) === 'aggregate' ||
        (maskOf(name) === 'none' && (sensitivity === 'personal' || sensitivity === 'sensitive'))),
  )
  return granted({
    basis: 'granted',
    article: grant.article,
    grantId: grant.id,
    scenario: grant.scenario,
    fields: planned(entry, ({ name }) => (given.has(name) ? maskOf(name) : 'hidden'), grant),
    ...(guarded.length > 0 && { guarded: guarded.map(({ name }) => name) }),
    ...(grant.rows !== undefined && grant.rows.length > 0 && { rowFilter: grant.rows }),
    ...(grant.limits !== undefined && { limits: grant.limits }),
    maxRowsPerPage: Math.min(maxRowsPerPage, grant.limits?.rowsPerRequest ?? maxRowsPerPage),
  })
}

/** @article chongqing-2022:25 for the duty that a user of freely shared data names */
export function sharedPlan(input: DecideInput): Verdict<GroundPlan> {
  const { entry, use, purpose, trace } = input
  if (!isFree('shared', entry.sharing, trace)) return refused(notFree('sharing', entry.sharing))
  if (use.declaredDuty !== undefined) {
    const stated = purpose.scenario?.trim()
    const { article } = use.declaredDuty
    const facts = { stated: stated ?? null }
    trace?.({ ground: 'shared', condition: 'duty-declared', met: Boolean(stated), article, facts })
    if (!stated) return refused(dutyNotDeclared(use.declaredDuty))
  }
  const uncommitted = lackOfCommitment(input, 'shared', null)
  if (uncommitted !== undefined) return refused(uncommitted)
  const ungraded = freeGrade('shared', entry, trace)
  if (ungraded !== undefined) return refused(ungraded)
  return granted({
    basis: 'shared',
    article: entry.sharing.article,
    grantId: null,
    scenario: purpose.scenario ?? null,
    fields: planned(entry, maskOfShared),
    maxRowsPerPage,
  })
}

/**
 * Where the regulation has receivers commit themselves, nothing is delivered to one who has not, or who broke it.
 *
 * @article beijing-2022:48
 */
function lackOfCommitment(
  { commitment, commitments = [], trace }: DecideInput,
  ground: 'granted' | 'shared',
  grantId: string | null,
): Refusal | undefined {
  if (commitment === undefined) return undefined
  const given = commitments.find((each) => each.grantId === grantId)
  trace?.({
    ground,
    grantId,
    condition: 'committed',
    met: given?.state === 'signed',
    article: commitment.article,
    facts: { state: given?.state ?? null },
  })
  if (given === undefined) return commitmentMissing(commitment)
  return given.state === 'broken' ? commitmentBroken(commitment) : undefined
}

/** Whether the type gives access without a request. */
function isFree(
  ground: 'shared' | 'open',
  { effect, article }: AccessFacts,
  trace: Trace | undefined,
): boolean {
  trace?.({ ground, condition: 'free-type', met: effect === 'free', article, facts: { effect } })
  return effect === 'free'
}

export function openPlan({ entry, purpose, trace }: DecideInput): Verdict<GroundPlan> {
  if (!isFree('open', entry.opening, trace)) return refused(notFree('opening', entry.opening))
  const ungraded = freeGrade('open', entry, trace)
  if (ungraded !== undefined) return refused(ungraded)
  return granted({
    basis: 'open',
    article: entry.opening.article,
    grantId: null,
    scenario: purpose.scenario ?? null,
    fields: planned(entry, maskOfOpen),
    maxRowsPerPage,
  })
}

const sharedMask = {
  public: 'none',
  internal: 'none',
  personal: 'partial',
  sensitive: 'hidden',
} as const satisfies Record<FieldFacts['sensitivity'], Mask>

type MaskOf = (field: FieldFacts) => Mask

const inClear: MaskOf = () => 'none'
const maskOfShared: MaskOf = ({ sensitivity }) => sharedMask[sensitivity]
const maskOfOpen: MaskOf = ({ sensitivity }) => (sensitivity === 'public' ? 'none' : 'hidden')

/** Facts never change, others take their place: what a ground shows of an entry is put together once. */
const plannedBefore = new WeakMap<EntryFacts, WeakMap<MaskOf | GrantFacts, readonly PlannedField[]>>()

/**
 * The entry's fields under their masks, without the hidden; what cannot be shown under its mask is hidden. `ground`: what
 * the masks follow from, one list for each.
 */
function planned(
  entry: EntryFacts,
  maskOf: MaskOf,
  ground: MaskOf | GrantFacts = maskOf,
): readonly PlannedField[] {
  const ofEntry = plannedBefore.get(entry) ?? new WeakMap<MaskOf | GrantFacts, readonly PlannedField[]>()
  plannedBefore.set(entry, ofEntry)
  const before = ofEntry.get(ground)
  if (before !== undefined) return before
  const fields = entry.fields.flatMap((field) => {
    const mask = maskOf(field)
    if (mask === 'hidden' || mask === 'aggregate' || showingOf(field, mask) === undefined) return []
    const personal = field.personal === undefined ? {} : { personal: field.personal }
    return [{ name: field.name, type: field.type, mask, ...personal }]
  })
  ofEntry.set(ground, fields)
  return fields
}

const ownEntry = <T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined
