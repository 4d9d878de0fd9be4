import { granted, type Refusal, refused, type Verdict } from '@tiaoli/kernel/decisions'
import type { UseRules } from '../rulebook/rulebook.types.ts'
import type { DecideInput } from './decide.types.ts'
import type { Act, GrantFacts, Plan, PlannedField, Watermark } from './gateway.types.ts'
import { type GroundPlan, grantPlan, openPlan, ownPlan, sharedPlan } from './grounds.ts'
import {
  aggregatesOnly,
  entryNotAvailable,
  entryNotOfKey,
  fieldsMasked,
  fieldsNotFree,
  grantNotForEntry,
  grantNotOfKey,
  nothingToShow,
  outsideScope,
} from './refusals.ts'

/**
 * Decides what of an entry may leave the house for one call, or why nothing may. Pure and total: any input gives a
 * plan or a refusal. The grounds are tried in the order of the table in README.md; the first that covers every
 * wanted field carries the plan. A grant that is named, by the caller or by the key, is the only ground tried.
 */
export function decide(given: DecideInput): Verdict<Plan> {
  const input = { ...given, use: useFor(given) }
  const { caller, entry, purpose, trace } = input
  const provider = caller.organisationId !== null && caller.organisationId === entry.providerId
  const visible = entry.published || provider
  trace?.({
    condition: 'published',
    met: visible,
    article: null,
    facts: { published: entry.published, provider },
  })
  if (!visible) return refused(entryNotAvailable)
  if (caller.keyEntryIds !== undefined) {
    const kept = caller.keyEntryIds.includes(entry.id)
    trace?.({ condition: 'entry-of-key', met: kept, article: null, facts: { entries: caller.keyEntryIds } })
    if (!kept) return refused(entryNotOfKey)
  }
  const otherKey =
    caller.keyGrantId !== null && purpose.grantId !== undefined && purpose.grantId !== caller.keyGrantId
  if (caller.keyGrantId !== null)
    trace?.({
      condition: 'grant-of-key',
      met: !otherKey,
      article: input.use.scope.article,
      facts: { keyGrant: caller.keyGrantId, statedGrant: purpose.grantId ?? null },
    })
  if (otherKey) return refused(grantNotOfKey(input.use.scope.article))
  const named = caller.keyGrantId ?? purpose.grantId
  if (named !== undefined) return firstThatCovers(input, [namedGrant(given, named)])
  const ground = (plan: Verdict<GroundPlan>): Ground => ({ plan, use: input.use })
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
type Ground = { readonly plan: Verdict<GroundPlan>; readonly use: UseRules }

/** The first plan that has all that is wanted and used; else why the first plan has not; else the first refusal. */
function firstThatCovers(input: DecideInput, grounds: readonly Ground[]): Verdict<Plan> {
  const tried = grounds.map(({ plan, use }) => covering({ ...input, use }, plan))
  const first = tried.find((each) => each.ok)
  if (first !== undefined)
    return granted(marked(ofAllRows(input, first.value, tried) ?? first.value, input.act))
  const nearest = grounds.findIndex((ground) => ground.plan.ok)
  return tried[Math.max(nearest, 0)] as Verdict<never>
}

/**
 * A grant of some rows takes nobody's right to all of them: named fields that another ground gives of every row, and
 * in clear, are given on that ground.
 */
function ofAllRows(
  { wantedFields }: DecideInput,
  first: GroundPlan,
  tried: readonly Verdict<GroundPlan>[],
): GroundPlan | undefined {
  if (first.rowFilter === undefined || wantedFields === undefined) return undefined
  const whole = tried.find(
    (each) =>
      each.ok && each.value.rowFilter === undefined && each.value.fields.every(({ mask }) => mask === 'none'),
  )
  return whole?.ok ? whole.value : undefined
}

/** What a delivery carries follows from whether it has a receiver, how it leaves, and the masks of what is taken. */
function marked(plan: GroundPlan, act: Act | undefined): Plan {
  const { basis, fields } = plan
  if (basis === 'open' || basis === 'own') return { ...plan, watermark: nothing }
  const asFile = act === undefined || act === 'export' || act === 'collect'
  const named = fields.some(({ mask }) => mask === 'pseudonym')
  return { ...plan, watermark: asFile ? (named ? allMarks : fileMarks) : named ? valueMarks : nothing }
}

const nothing: readonly Watermark[] = []
const fileMarks: readonly Watermark[] = ['file', 'forms']
const valueMarks: readonly Watermark[] = ['pseudonyms']
const allMarks: readonly Watermark[] = ['file', 'forms', 'pseudonyms']

/** The ground's plan cut to what is wanted, or what it lacks. */
function covering(input: DecideInput, ground: Verdict<GroundPlan>): Verdict<GroundPlan> {
  if (!ground.ok) return ground
  const { wantedFields, usedFields = [], use, act, trace } = input
  const plan = ground.value
  const { article } = use.scope
  const at = { ground: plan.basis, grantId: plan.grantId, article }
  const masks = masksOf(plan.fields)
  // Fields of which the grant gives aggregates and nothing else.
  const counted = new Set(plan.guarded?.filter((name) => !masks.has(name)))
  const something = masks.size > 0 || (act === 'aggregate' && counted.size > 0)
  trace?.({ ...at, condition: 'something-to-show', met: something, facts: { fields: [...masks.keys()] } })
  if (!something) return refused(nothingToShow(article))
  const asked = [...new Set([...(wantedFields ?? []), ...usedFields])]
  const outside = asked.filter((name) => !masks.has(name) && !counted.has(name))
  trace?.({ ...at, condition: 'within-scope', met: outside.length === 0, facts: { asked, outside } })
  if (outside.length > 0) return refused(fieldsOutside(input, plan, outside))
  const single = act === 'aggregate' ? [] : asked.filter((name) => counted.has(name))
  if (counted.size > 0)
    trace?.({ ...at, condition: 'in-aggregates', met: single.length === 0, facts: { asked: single } })
  if (single.length > 0) return refused(aggregatesOnly(article, single))
  const masked = usedFields.filter((name) => !counted.has(name) && masks.get(name) !== 'none')
  if (usedFields.length > 0)
    trace?.({ ...at, condition: 'in-clear', met: masked.length === 0, facts: { used: usedFields, masked } })
  if (masked.length > 0) return refused(fieldsMasked(article, masked))
  if (wantedFields === undefined) return ground
  return granted({ ...plan, fields: plan.fields.filter((field) => wantedFields.includes(field.name)) })
}

/** Plans of one ground have one list of fields. */
const masksBefore = new WeakMap<readonly PlannedField[], ReadonlyMap<string, PlannedField['mask']>>()

function masksOf(fields: readonly PlannedField[]): ReadonlyMap<string, PlannedField['mask']> {
  const before = masksBefore.get(fields)
  if (before !== undefined) return before
  const masks = new Map(fields.map(({ name, mask }) => [name, mask]))
  masksBefore.set(fields, masks)
  return masks
}

/** Somebody who holds no grant is told what is given freely, and not of the scope of a grant. */
function fieldsOutside(
  { entry, grants, use }: DecideInput,
  { basis }: GroundPlan,
  outside: readonly string[],
): Refusal {
  if (grants.length === 0 && basis === 'open') return fieldsNotFree('opening', entry.opening, outside)
  if (grants.length === 0 && basis === 'shared') return fieldsNotFree('sharing', entry.sharing, outside)
  return outsideScope(use.scope, outside)
}

function namedGrant(input: DecideInput, id: string): Ground {
  const grant = input.grants.find((each) => each.id === id)
  if (grant !== undefined) return groundOf(input, grant)
  const use = useFor(input)
  input.trace?.({
    ground: 'granted',
    grantId: id,
    condition: 'grant-held',
    met: false,
    article: use.scope.article,
    facts: { held: input.grants.map((each) => each.id) },
  })
  return { plan: refused(grantNotForEntry(use.scope.article)), use }
}

function groundOf(input: DecideInput, grant: GrantFacts): Ground {
  const use = useFor(input, grant)
  return { plan: grantPlan({ ...input, use }, grant), use }
}

/**
 * The caller's grants on the entry: those that live first, so that a dead one only speaks when nothing else does, and of
 * them those of all rows before those of some.
 */
function heldGrants(input: DecideInput): Ground[] {
  const grounds = input.grants.map((grant) => groundOf(input, grant))
  return grounds.sort((a, b) => widthOf(b) - widthOf(a))
}

const widthOf = ({ plan }: Ground): number => (plan.ok ? (plan.value.rowFilter === undefined ? 2 : 1) : 0)
