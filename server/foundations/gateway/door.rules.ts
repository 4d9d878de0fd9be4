import type { Refusal } from '@tiaoli/kernel/decisions'
import type { Access } from './access-records.ts'
import { rowsGone } from './bounds.ts'
import type { KnownFacts } from './facts-cache.ts'
import { GatewayError } from './gateway.errors.ts'
import type { GrantUse, Plan } from './gateway.types.ts'
import { type GrantStanding, standingUnder } from './grant-meter.rules.ts'
import type { RowReader } from './ports.ts'
import { answeredByKeyOnly } from './refusals.ts'
import { rowsNotDeterminable } from './refusals-of-bounds.ts'

/** A call, and what it has to say of the snapshot itself. */
type Judged = {
  readonly access: Access
  readonly objection?: (reader: RowReader) => Refusal | undefined
}

/** What the snapshot itself forbids: looking at more than a row, rows that nobody can tell apart, and what the call says. */
export function objectionOf(
  { access, objection }: Judged,
  { rowFilter }: Plan,
  reader: RowReader,
): Refusal | undefined {
  if (reader.byKeyOnly && access.act !== 'row') return answeredByKeyOnly(reader.keyFields)
  const gone = rowFilter === undefined ? [] : rowsGone(rowFilter, (field) => reader.typeOf(field))
  return gone.length > 0 ? rowsNotDeterminable(rowFilter!, gone) : objection?.(reader)
}

/** How the limits stand of the grant that is named, or of the first that has any. */
export function standingIn(
  { caller, purpose }: Pick<Access, 'caller' | 'purpose'>,
  { grants }: KnownFacts,
  used: ReadonlyMap<string, GrantUse>,
  now: Date,
): readonly GrantStanding[] {
  const named = caller.keyGrantId ?? purpose.grantId
  const grant = grants.find(({ id, limits }) => limits !== undefined && (named ?? id) === id)
  const use = (grant && used.get(grant.id)) ?? { rowsToday: 0, requestsThisMinute: 0 }
  return grant?.limits === undefined ? [] : standingUnder(grant.limits, use, now)
}

/** Who asks for all that may be seen is given what the snapshot has of it; who names a field that is not there is told. */
export function planOver({ entryId, wanted }: Access, plan: Plan, { fieldNames }: RowReader): Plan {
  if (wanted !== undefined) return plan
  const fields = plan.fields.filter(({ name }) => fieldNames.includes(name))
  if (fields.length === 0) throw new GatewayError('snapshot-missing', entryId)
  return fields.length === plan.fields.length ? plan : { ...plan, fields }
}
