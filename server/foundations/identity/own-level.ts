import type { Rulebook } from '../rulebook/rulebook.types.ts'
import type { Organisation } from './identity.model.ts'

/**
 * Who holds the role towards a body: for a role that follows the level, the holder at the body's own level and, for
 * a body of a district, in the same district. Undefined where nobody does, or where several could.
 */
export function holderTowards(
  rulebook: Pick<Rulebook, 'roles'>,
  organisations: readonly Organisation[],
  role: string,
  body: Organisation,
): Organisation | undefined {
  const byLevel = rulebook.roles.find(({ key }) => key === role)?.byLevel
  const wanted = byLevel?.[body.level] ?? role
  const holders = organisations.filter(
    (each) =>
      each.roles.includes(wanted) &&
      (byLevel === undefined ||
        body.level === 'city' ||
        (each.level === 'district' && (each.divisionCode ?? null) === (body.divisionCode ?? null))),
  )
  return holders.length === 1 ? holders[0] : undefined
}
