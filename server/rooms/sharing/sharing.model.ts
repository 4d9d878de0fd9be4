import type { GrantLimits } from '@tiaoli/kernel/grant-limits'
import type { CivilDate } from '@tiaoli/kernel/instants'
import { endOfCivilDate, isCivilDate } from '@tiaoli/kernel/instants'
import type { Mask } from '@tiaoli/kernel/masks'
import type { RowFilter } from '@tiaoli/kernel/row-filters'
import { text } from '@tiaoli/kernel/text'
import { type CaseState, termsOf } from '../../foundations/cases/index.ts'
import type { GrantFacts } from '../../foundations/gateway/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Procedure } from '../../foundations/rulebook/index.ts'

/** What a case gave its applicant (使用许可). */
export type Grant = {
  readonly id: string
  readonly entryId: string
  readonly caseId: string
  readonly caseNumber: string
  readonly providerId: string
  readonly organisationId: string | null
  readonly userId: string | null
  readonly fields: readonly string[]
  /** Fields that are not given in clear, with the mask under which they are given. */
  readonly masks: Readonly<Record<string, Mask>>
  /** Which rows it covers; every row where there is no condition. */
  readonly rows: RowFilter
  /** How much may be taken under it; no limit where a kind is absent. */
  readonly limits: GrantLimits
  readonly scenario: string
  readonly article: string
  readonly validFrom: Date
  readonly validUntil: Date | null
  readonly revokedAt: Date | null
  readonly revocation: Grounds | null
  /** It stands still since then, and gives nothing until it is resumed. */
  readonly suspendedAt: Date | null
  readonly suspension: Grounds | null
  /** The grant that this one follows in time. */
  readonly renews: string | null
}

export type Grounds = { readonly reasons: string; readonly basis: string }

export type GrantStanding = 'live' | 'suspended' | 'expired' | 'revoked'

export function standingOf(grant: Grant, now: Date): GrantStanding {
  if (grant.revokedAt !== null) return 'revoked'
  if (grant.validUntil !== null && grant.validUntil < now) return 'expired'
  return grant.suspendedAt === null ? 'live' : 'suspended'
}

export const isLive = (grant: Grant, now: Date): boolean => standingOf(grant, now) === 'live'

/** What the gateway has to know of a grant. */
export const factsOf = (grant: Grant): GrantFacts => ({
  id: grant.id,
  entryId: grant.entryId,
  organisationId: grant.organisationId,
  userId: grant.userId,
  fields: grant.fields,
  masks: grant.masks,
  ...(grant.rows.length > 0 && { rows: grant.rows }),
  ...(Object.keys(grant.limits).length > 0 && { limits: grant.limits }),
  scenario: grant.scenario,
  caseId: grant.caseId,
  article: grant.article,
  validUntil: grant.validUntil?.toISOString() ?? null,
  revokedAt: grant.revokedAt?.toISOString() ?? null,
  suspendedAt: grant.suspendedAt?.toISOString() ?? null,
})

/** Whose the grant is: the applicant's organisation, or the person who applied for themself. */
function holderOf(
  state: CaseState,
  procedure: Procedure,
): { organisationId: string | null; userId: string | null } {
  const role = Object.entries(procedure.roles).find(([, binding]) => binding.from === 'opener')?.[0]
  const party = role === undefined ? undefined : state.parties[role]
  return party?.organisationId
    ? { organisationId: party.organisationId, userId: null }
    : { organisationId: null, userId: party?.userId ?? null }
}

/**
 * The grant that a case has come to, by the terms that its newest act settles. The whole entry where the procedure
 * asks for no fields.
 */
export function grantOf(
  state: CaseState,
  procedure: Procedure,
  article: string,
  entry: { providerId: string; fieldNames: readonly string[] },
): Omit<
  Grant,
  'id' | 'entryId' | 'validFrom' | 'revokedAt' | 'revocation' | 'suspendedAt' | 'suspension' | 'renews'
> {
  const { fields, masks, rows, limits, scenario, until } = termsOf(procedure, state)
  return {
    caseId: state.id,
    caseNumber: state.number,
    providerId: entry.providerId,
    ...holderOf(state, procedure),
    fields: Array.isArray(fields) ? fields.map(String) : [...entry.fieldNames],
    masks: (masks ?? {}) as Grant['masks'],
    rows: (rows ?? []) as Grant['rows'],
    limits: (limits ?? {}) as Grant['limits'],
    scenario: typeof scenario === 'string' ? scenario : '',
    article,
    validUntil: typeof until === 'string' && isCivilDate(until) ? endOfCivilDate(until as CivilDate) : null,
  }
}

/**
 * Only fields that the entry still has are given. Throws where none of those that were asked for is left: what was
 * asked for cannot be agreed to any more.
 */
export function requireFields<T extends Pick<Grant, 'fields' | 'article'>>(
  given: T,
  fieldNames: readonly string[],
): T {
  const fields = given.fields.filter((name) => fieldNames.includes(name))
  if (fields.length > 0) return { ...given, fields }
  const gone = given.fields.join('、')
  throw new Problem('act-not-available', {
    article: given.article,
    condition: text(
      `申请的信息项已不在目录条目中：${gone}`,
      `The fields that were asked for are no longer in the entry: ${gone}`,
    ),
    remedy: text(
      '请说明理由不予同意，或者由申请方撤回后按现有信息项重新申请',
      'Refuse with these reasons, or let the applicant withdraw and ask for the fields that are there',
    ),
  })
}

/** Throws where nobody could tell which rows the grant covers: what it rests on has changed since it was asked for. */
export function requireRows(
  { rows, article }: Pick<Grant, 'rows' | 'article'>,
  typeOf: (field: string) => string | undefined,
): void {
  const gone = rows.filter(({ field, type }) => typeOf(field) !== type).map(({ field }) => field)
  if (gone.length === 0) return
  throw new Problem('act-not-available', {
    article,
    condition: text(
      `数据范围所依据的信息项已不在目录条目中，或者类型已变更：${gone.join('、')}`,
      `The fields that tell the rows are no longer in the entry, or are of another type: ${gone.join(', ')}`,
    ),
    remedy: text(
      '请按现有的信息项另行写明数据范围，或者说明理由不予同意',
      'State the rows by the fields that there are now, or refuse with these reasons',
    ),
  })
}

/** What somebody wrote, to stand within a sentence: without the stop at its end. */
export const unstopped = (written: string): string => written.trim().replace(/[。．.；;]+$/u, '')
