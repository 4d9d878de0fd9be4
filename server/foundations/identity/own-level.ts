import type { Rulebook } from '../rulebook/rulebook.types.ts'
import type { Organisation } from './identity.model.ts'

/** A city, or one of its districts by code; a district without a code is like no other. */
type Place = { readonly level: Organisation['level']; readonly divisionCode: string | null }

const placeOf = ({ level, divisionCode }: Organisation): Place => ({
  level,
  divisionCode: divisionCode ?? null,
})

/** The place that bodies have in common: their district where all are of one, else the city. */
function placeOfAll(bodies: readonly Organisation[]): Place {
  const [first, ...others] = bodies.map(placeOf)
  const same = others.every(
    ({ level, divisionCode }) => level === first?.level && divisionCode === first.divisionCode,
  )
  return first !== undefined && same ? first : { level: 'city', divisionCode: null }
}

/**
 * Everybody who holds the role towards bodies that a matter concerns: for a role that follows the level, the holder
 * at their own level and, for bodies of one district, in that district; for bodies of different places the city's.
 *
 * @article TJ-16.2-b SZ-8.4
 */
export function holdersTowards(
  rulebook: Pick<Rulebook, 'roles'>,
  organisations: readonly Organisation[],
  role: string,
  bodies: readonly Organisation[],
): readonly Organisation[] {
  const byLevel = rulebook.roles.find(({ key }) => key === role)?.byLevel
  if (byLevel === undefined) return organisations.filter(({ roles }) => roles.includes(role))
  const { level, divisionCode } = placeOfAll(bodies)
  return organisations.filter(
    (each) =>
      each.roles.includes(byLevel[level]) &&
      (level === 'city' || (each.level === 'district' && (each.divisionCode ?? null) === divisionCode)),
  )
}

/** The one holder of the role towards a body; undefined where nobody is, or where several could be. */
export function holderTowards(
  rulebook: Pick<Rulebook, 'roles'>,
  organisations: readonly Organisation[],
  role: string,
  body: Organisation,
): Organisation | undefined {
  const holders = holdersTowards(rulebook, organisations, role, [body])
  return holders.length === 1 ? holders[0] : undefined
}
