import type { powers } from '@tiaoli/contract/identity'
import type { Text } from '@tiaoli/kernel/text'

/** What a member may do for the organisation; the roles of a case come from the organisation itself. */
export type Power = (typeof powers)[number]

export type OrganisationKind = 'authority' | 'department' | 'public-service' | 'company'

export type Organisation = {
  readonly id: string
  readonly name: Text
  readonly kind: OrganisationKind
  readonly level: 'city' | 'district'
  /** Unified social credit code (GB 32100). */
  readonly creditCode: string
  /** Roles of the rulebook that it holds, such as `authority-municipal`. */
  readonly roles: readonly string[]
  readonly budgetFunded: boolean
  /** GB/T 2260 code of the district that a body of district level belongs to. */
  readonly divisionCode?: string | null
  /** It registered itself in order to apply; it is no part of the public list of bodies. */
  readonly registered?: boolean
  /** It is no more since then; `successorId` has taken its place. */
  readonly dissolvedAt?: Date | null
  readonly successorId?: string | null
}

export type User = {
  readonly id: string
  readonly username: string
  readonly name: string
  readonly organisation: Organisation | null
  readonly powers: readonly Power[]
  /** An administrator closed the account. */
  readonly disabled?: boolean
  /** One-time codes are asked for at sign-in. */
  readonly secondFactor?: boolean
  /** Somebody else gave the password, and the user has yet to change it. */
  readonly passwordGiven?: boolean
}

/** What a user has to set up before anything else can be done. */
export type Unready = 'new-password' | 'second-factor'

/** A colleague who is away and has handed over: with the powers that the user has in cases meanwhile. */
export type StandIn = { readonly userId: string; readonly name: string; readonly powers: readonly Power[] }

/** Who is behind a request. With a key it acts for the user who made the key, within what the key is bound to. */
export type Session = {
  readonly user: User | null
  readonly apiKeyId: string | null
  readonly keyGrantId: string | null
  /** The key is kept to these entries; absent where to none in particular. */
  readonly keyEntryIds?: readonly string[]
  /** The key takes data and does nothing else, since more is asked of its user than a key can give. */
  readonly keyReadsOnly?: boolean
  readonly unready?: Unready
  /** Id of the session, where it is one and not a key. */
  readonly sessionId?: string
  /** The network address from which the request came. */
  readonly address?: string | undefined
  /** For whom the user stands in today; absent where for nobody. */
  readonly standsInFor?: readonly StandIn[]
}

export const nobody: Session = { user: null, apiKeyId: null, keyGrantId: null }

/** Public bodies share data with each other; companies and persons have the open data, a body that is no more none. */
export const isPublicBody = (organisation: Organisation | null): boolean =>
  organisation !== null && organisation.kind !== 'company' && organisation.dissolvedAt == null

/** Nobody acts for a body that was dissolved, nor by an account that was closed. */
export const mayAct = ({ organisation, disabled }: User): boolean =>
  organisation?.dissolvedAt == null && disabled !== true

/** What the user has to set up first, where the second factor is asked of who holds one of the powers. */
export function unreadyOf(user: User, secondFactorFor: readonly Power[]): Unready | undefined {
  if (user.passwordGiven) return 'new-password'
  return !user.secondFactor && asksSecondFactor(user, secondFactorFor) ? 'second-factor' : undefined
}

export const asksSecondFactor = ({ powers }: User, secondFactorFor: readonly Power[]): boolean =>
  powers.some((power) => secondFactorFor.includes(power))
