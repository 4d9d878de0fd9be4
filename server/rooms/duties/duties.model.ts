import type { CivilDate } from '@tiaoli/kernel/instants'
import type { Text } from '@tiaoli/kernel/text'
import type { Organisation } from '../../foundations/identity/index.ts'
import type { Obligation } from '../../foundations/rulebook/index.ts'

/** An obligation of the kind `duty`: an organisation's own, which the platform tracks. */
export type Duty = Obligation & { readonly kind: 'duty' }

export const isDuty = (obligation: Obligation): obligation is Duty => obligation.kind === 'duty'

/** The city's own target (非法定): by when it wants a duty done, once or again and again. */
export type Target = {
  readonly firstDueOn: CivilDate
  /** Null: once. */
  readonly everyMonths: number | null
  readonly instrument: Text
}

/** What one owner has filed so far. */
export type Filed = {
  readonly count: number
  readonly lastAt: Date | null
  /** The latest due date for which something was filed. */
  readonly coveredUntil: CivilDate | null
}

export const nothingFiled: Filed = { count: 0, lastAt: null, coveredUntil: null }

/**
 * `late`: the city's own date has passed without evidence for it, which is no breach of the regulation; `due-soon`:
 * it is near; `open`: nothing is filed; `on-file`: something is, and no date is near.
 */
export type DutyState = 'late' | 'due-soon' | 'open' | 'on-file'

export type Standing = { readonly state: DutyState; readonly nextDueOn: CivilDate | null }

/** One that answers for a duty. */
export type Owner = Standing & {
  readonly organisation: Organisation
  /** Named by the authority; otherwise of a kind that the text names. */
  readonly assigned: boolean
  readonly filed: Filed
}

/** A duty with everybody who answers for it and how each stands today. */
export type HeldDuty = {
  readonly duty: Duty
  readonly target: Target | undefined
  readonly owners: readonly Owner[]
}
