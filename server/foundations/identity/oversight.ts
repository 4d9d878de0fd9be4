import type { Organisation, Power, Session } from './identity.model.ts'

/** The bodies of an area, by their ids; null for every body that there is. */
export type Area = readonly string[] | null

/**
 * Whether a data authority watches over a body: that of the city over all, that of a district over the bodies of its
 * district and itself. An authority of a district whose code is not known has nobody but itself; what belongs to no
 * body, such as a citizen's request, is the city's.
 *
 * @article SZ-5.1 TJ-8.1-a CQ-21.1
 */
export function mayOversee(authority: Organisation, body: Organisation | undefined): boolean {
  if (authority.kind !== 'authority') return false
  if (authority.level === 'city' || authority.id === body?.id) return true
  return (
    body?.level === 'district' && body.divisionCode != null && body.divisionCode === authority.divisionCode
  )
}

/** Whether the caller belongs to a data authority, whatever its area, and holds one of the powers. */
export const isOverseer = ({ user }: Pick<Session, 'user'>, ...powers: readonly Power[]): boolean =>
  user?.organisation?.kind === 'authority' && user.powers.some((power) => powers.includes(power))

/** Whether the caller watches over the body, with one of the powers. */
export const oversees = (
  session: Session,
  body: Organisation | undefined,
  ...powers: readonly Power[]
): boolean => isOverseer(session, ...powers) && mayOversee(session.user!.organisation!, body)

/** Whether the caller acts for the authority of the whole city: what concerns all is its alone. */
export const overseesCity = (session: Pick<Session, 'user'>, ...powers: readonly Power[]): boolean =>
  isOverseer(session, ...powers) && session.user!.organisation!.level === 'city'

/** The area of a caller who holds one of the powers; undefined for whoever watches over nobody. */
export function areaOf(
  session: Session,
  organisations: readonly Organisation[],
  ...powers: readonly Power[]
): Area | undefined {
  if (!isOverseer(session, ...powers)) return undefined
  const authority = session.user!.organisation!
  if (authority.level === 'city') return null
  return organisations.filter((body) => mayOversee(authority, body)).map(({ id }) => id)
}

export const isInArea = (area: Area | undefined, organisationId: string | null): boolean =>
  area === null || (area !== undefined && organisationId !== null && area.includes(organisationId))

/** The authorities that watch over a body, who are told of what concerns it. */
export const overseersOf = (
  organisations: readonly Organisation[],
  body: Organisation | undefined,
): readonly Organisation[] => organisations.filter((authority) => mayOversee(authority, body))

/** Whose matters a caller sees in lists: an overseer's area, else the own body; undefined for whoever acts for none. */
export function scopeOf(
  session: Session,
  organisations: readonly Organisation[],
  ...powers: readonly Power[]
): Area | undefined {
  if (isOverseer(session, ...powers)) return areaOf(session, organisations, ...powers)
  const own = session.user?.organisation
  return own == null ? undefined : [own.id]
}
