import type { Power } from '../../foundations/identity/index.ts'

export type Mapped = {
  readonly value: string
  readonly organisationId: string
  readonly powers: readonly Power[]
}

export type Mapping = { readonly claim: string | null; readonly mapping: readonly Mapped[] }

/** The claims of an ID token whose signature, issuer, audience, nonce and time have been checked. */
export type Claims = Readonly<Record<string, unknown>> & { readonly sub: string }

const longestName = 60

/**
 * To which organisation, with which powers, a mapping admits who has these claims; undefined where it does not. An
 * e-mail address counts only where the provider says that it has verified it.
 */
export function mappedBy({ claim, mapping }: Mapping, claims: Claims): Mapped | undefined {
  if (claim === null) return undefined
  if (claim === 'email' && claims.email_verified !== true) return undefined
  const told = Object.hasOwn(claims, claim) ? claims[claim] : undefined
  const values = [told].flat().filter((value): value is string => typeof value === 'string')
  return mapping.find(({ value }) => values.includes(value))
}

/** The name of a new account: as the provider tells it, else the subject. */
export function nameOf(claims: Claims): string {
  const told = typeof claims.name === 'string' ? claims.name.trim() : ''
  // Nothing that could not be stored or would not be seen.
  const clean = told.replace(/\p{C}/gu, '').slice(0, longestName)
  return clean.length >= 2 ? clean : claims.sub.slice(0, longestName)
}

/** Whether an account that a mapping made has other membership than the mapping has now. */
export const differs = (
  mapped: Mapped,
  user: { readonly organisation: { readonly id: string } | null; readonly powers: readonly Power[] },
): boolean =>
  user.organisation?.id !== mapped.organisationId ||
  [...user.powers].sort().join() !== [...mapped.powers].sort().join()
