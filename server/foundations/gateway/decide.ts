import { granted, type Refusal, refused, type Verdict } from '@tiaoli/kernel/decisions'
import type { Mask } from '@tiaoli/kernel/masks'
import type { CommitmentRules } from '../rulebook/rooms.schema.ts'
import type { UseRules } from '../rulebook/rulebook.types.ts'
import type {
  Caller,
  CommitmentFacts,
  EntryFacts,
  FieldFacts,
  GrantFacts,
  Plan,
  PlannedField,
  Purpose,
} from './gateway.types.ts'
import { showingOf } from './masks.ts'
import {
  commitmentBroken,
  commitmentMissing,
  dutyNotDeclared,
  entryNotAvailable,
  entryNotOfKey,
  fieldsMasked,
  grantExpired,
  grantNotForEntry,
  grantNotOfKey,
  grantRevoked,
  grantSuspended,
  notFree,
  nothingToShow,
  otherPurpose,
  outsideScope,
} from './refusals.ts'

export type DecideInput = {
  readonly caller: Caller
  readonly entry: EntryFacts
  /** Only those of this caller on this entry, whether or not they still live. */
  readonly grants: readonly GrantFacts[]
  readonly use: UseRules
  readonly commitment?: CommitmentRules | undefined
  readonly commitments?: readonly CommitmentFacts[]
  readonly purpose: Purpose
  /** Undefined asks for every field that may be seen. */
  readonly wantedFields?: readonly string[]
  /** Fields that the call looks up, filters, sorts or groups by. They have to be in the plan in clear, or they would leak. */
  readonly usedFields?: readonly string[]
  readonly now: Date
}

/** A limit of the platform, not of the law: a page is held in memory. */
const maxRowsPerPage = 1_000

/**
 * Decides what of an entry may leave the house for one call, or why nothing may. Pure and total: any input gives a
 * plan or a refusal. The grounds are tried in the order of the table in README.md; the first that covers every
 * wanted field carries the plan. A grant that is named, by the caller or by the key, is the only ground tried.
 */
export function decide(given: DecideInput): Verdict<Plan> {
  const input = { ...given, use: useFor(given) }
  const { caller, entry, purpose } = input
  const provider = caller.organisationId !== null && caller.organisationId === entry.providerId
  if (!entry.published && !provider) return refused(entryNotAvailable)
  if (caller.keyEntryIds !== undefined && !caller.keyEntryIds.includes(entry.id))
    return refused(entryNotOfKey)
  if (caller.keyGrantId !== null && purpose.grantId !== undefined && purpose.grantId !== caller.keyGrantId)
    return refused(grantNotOfKey(input.use.scope.article))
  const named = caller.keyGrantId ?? purpose.grantId
  if (named !== undefined) return firstThatCovers(input, [namedGrant(given, named)])
  const ground = (plan: Verdict<Plan>): Ground => ({ plan, use: input.use })
  return firstThatCovers(input, [
    ...(provider ? [ground(ownPlan(input))] : []),
    ...heldGrants(given),
    ...(caller.publicBody ? [ground(sharedPlan(input))] : []),
    ground(openPlan(input)),
  ])
}

/**
 * Shared data bind public bodies, opened data everyone else: where the text says so in two articles, each is told its
 * own. A public body that was granted opened data is bound by what binds those.
 */
function useFor({ use, caller }: DecideInput, grant?: GrantFacts): UseRules {
  if (use.opened === undefined || !(grant?.opened ?? !caller.publicBody)) return use
  const { article } = use.opened
  return { ...use, scope: { ...use.scope, article }, purpose: { ...use.purpose, article } }
}

/** What a ground gives, and the rules that bind a use on that ground. */
type Ground = { readonly plan: Verdict<Plan>; readonly use: UseRules }

/** The first plan that has all that is wanted and used; else why the first plan has not; else the first refusal. */
function firstThatCovers(input: DecideInput, grounds: readonly Ground[]): Verdict<Plan> {
  const tried = grounds.map(({ plan, use }) => covering({ ...input, use }, plan))
  const plan = tried.find((each) => each.ok)
  if (plan !== undefined) return plan
  const nearest = grounds.findIndex((ground) => ground.plan.ok)
  return tried[Math.max(nearest, 0)]!
}

/** The ground's plan cut to what is wanted, or what it lacks. */
function covering(input: DecideInput, ground: Verdict<Plan>): Verdict<Plan> {
  if (!ground.ok) return ground
  const { wantedFields, usedFields = [], use } = input
  const plan = ground.value
  if (plan.fields.length === 0) return refused(nothingToShow(use.scope.article))
  const masks = new Map(plan.fields.map((field) => [field.name, field.mask]))
  const asked = [...new Set([...(wantedFields ?? []), ...usedFields])]
  const outside = asked.filter((name) => !masks.has(name))
  if (outside.length > 0) return refused(outsideScope(use.scope, outside))
  const masked = usedFields.filter((name) => masks.get(name) !== 'none')
  if (masked.length > 0) return refused(fieldsMasked(use.scope.article, masked))
  if (wantedFields === undefined) return ground
  return granted({ ...plan, fields: plan.fields.filter((field) => wantedFields.includes(field.name)) })
}

function ownPlan({ entry, purpose }: DecideInput): Verdict<Plan> {
  return granted({
    basis: 'own',
    article: entry.sharing.article,
    grantId: null,
    scenario: purpose.scenario ?? null,
    fields: planned(entry, () => 'none'),
    maxRowsPerPage,
  })
}

function namedGrant(input: DecideInput, id: string): Ground {
  const grant = input.grants.find((each) => each.id === id)
  if (grant !== undefined) return groundOf(input, grant)
  const use = useFor(input)
  return { plan: refused(grantNotForEntry(use.scope.article)), use }
}

function groundOf(input: DecideInput, grant: GrantFacts): Ground {
  const use = useFor(input, grant)
  return { plan: grantPlan({ ...input, use }, grant), use }
}

/** The caller's grants on the entry: those that live first, so that a dead one only speaks when nothing else does. */
function heldGrants(input: DecideInput): Ground[] {
  const grounds = input.grants.map((grant) => groundOf(input, grant))
  return grounds.sort((a, b) => Number(b.plan.ok) - Number(a.plan.ok))
}

function grantPlan(input: DecideInput, grant: GrantFacts): Verdict<Plan> {
  const { caller, entry, use, purpose, now } = input
  const holder =
    (grant.organisationId !== null && grant.organisationId === caller.organisationId) ||
    (grant.userId !== null && grant.userId === caller.userId)
  if (!holder || grant.entryId !== entry.id) return refused(grantNotForEntry(use.scope.article))
  if (grant.revokedAt !== null) return refused(grantRevoked(grant))
  if (grant.validUntil !== null && !(now.getTime() <= Date.parse(grant.validUntil)))
    return refused(grantExpired(grant))
  if (grant.suspendedAt != null) return refused(grantSuspended(grant))
  if (purpose.scenario !== undefined && purpose.scenario !== grant.scenario)
    return refused(otherPurpose(use.purpose))
  const uncommitted = lackOfCommitment(input, grant.id)
  if (uncommitted !== undefined) return refused(uncommitted)
  const given = new Set(grant.fields)
  return granted({
    basis: 'granted',
    article: grant.article,
    grantId: grant.id,
    scenario: grant.scenario,
    fields: planned(entry, (field) =>
      given.has(field.name) ? (ownEntry(grant.masks, field.name) ?? 'none') : 'hidden',
    ),
    maxRowsPerPage,
  })
}

/** @article chongqing-2022:25 for the duty that a user of freely shared data names */
function sharedPlan(input: DecideInput): Verdict<Plan> {
  const { entry, use, purpose } = input
  if (entry.sharing.effect !== 'free') return refused(notFree('sharing', entry.sharing))
  if (use.declaredDuty !== undefined && !purpose.scenario?.trim())
    return refused(dutyNotDeclared(use.declaredDuty))
  const uncommitted = lackOfCommitment(input, null)
  if (uncommitted !== undefined) return refused(uncommitted)
  return granted({
    basis: 'shared',
    article: entry.sharing.article,
    grantId: null,
    scenario: purpose.scenario ?? null,
    fields: planned(entry, (field) => sharedMask[field.sensitivity]),
    maxRowsPerPage,
  })
}

/**
 * Where the regulation has receivers commit themselves, nothing is delivered to one who has not, or who broke it.
 *
 * @article beijing-2022:48
 */
function lackOfCommitment(
  { commitment, commitments = [] }: DecideInput,
  grantId: string | null,
): Refusal | undefined {
  if (commitment === undefined) return undefined
  const given = commitments.find((each) => each.grantId === grantId)
  if (given === undefined) return commitmentMissing(commitment)
  return given.state === 'broken' ? commitmentBroken(commitment) : undefined
}

function openPlan({ entry, purpose }: DecideInput): Verdict<Plan> {
  if (entry.opening.effect !== 'free') return refused(notFree('opening', entry.opening))
  return granted({
    basis: 'open',
    article: entry.opening.article,
    grantId: null,
    scenario: purpose.scenario ?? null,
    fields: planned(entry, (field) => (field.sensitivity === 'public' ? 'none' : 'hidden')),
    maxRowsPerPage,
  })
}

const sharedMask = {
  public: 'none',
  internal: 'none',
  personal: 'partial',
  sensitive: 'hidden',
} as const satisfies Record<FieldFacts['sensitivity'], Mask>

/** The entry's fields under their masks, without the hidden; what cannot be shown under its mask is hidden. */
function planned(entry: EntryFacts, maskOf: (field: FieldFacts) => Mask): PlannedField[] {
  return entry.fields.flatMap((field) => {
    const mask = maskOf(field)
    if (mask === 'hidden' || showingOf(field, mask) === undefined) return []
    const personal = field.personal === undefined ? {} : { personal: field.personal }
    return [{ name: field.name, type: field.type, mask, ...personal }]
  })
}

const ownEntry = <T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined
