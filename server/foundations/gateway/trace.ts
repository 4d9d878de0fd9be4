import type { ArticleId } from '@tiaoli/kernel/decisions'
import type { Text } from '@tiaoli/kernel/text'
import type { Plan } from './gateway.types.ts'

/** Every condition on which a decision can turn. Codes are never reused: explanations are read long afterwards. */
export const conditions = [
  'published',
  'entry-of-key',
  'grant-of-key',
  'provider',
  'grant-held',
  'not-revoked',
  'not-expired',
  'not-suspended',
  'same-purpose',
  'committed',
  'grade-allowed',
  'rows-determinable',
  'within-limits',
  'free-type',
  'duty-declared',
  'something-to-show',
  'within-scope',
  'in-aggregates',
  'in-clear',
] as const
export type Condition = (typeof conditions)[number]

export type StepFact = string | boolean | null | readonly string[] | Text

/** One condition that was looked at on the way to a decision, with what it was judged by. */
export type Step = {
  /** Absent where the condition stands before every ground. */
  readonly ground?: Plan['basis']
  readonly grantId?: string | null
  readonly condition: Condition
  readonly met: boolean
  /** Null where the condition is a rule of the platform and no article orders it. */
  readonly article: ArticleId | null
  readonly facts: Readonly<Record<string, StepFact>>
}

export type Trace = (step: Step) => void
