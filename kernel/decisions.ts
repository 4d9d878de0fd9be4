import type { Text } from './text.ts'

/** An obligation of a regulation, such as `CQ-26.1-a`, or an article, such as `CQ-26`. */
export type ArticleId = string

/**
 * A lawful "no": it is an answer, not an error. It names the condition that was not met, the article that sets
 * it where one does, and what the party can do about it.
 */
export type Refusal = {
  readonly code: string
  readonly article?: ArticleId
  readonly condition: Text
  readonly remedy: Text
  /** Which parts of the given content the refusal is about, as dotted paths. */
  readonly paths?: readonly string[]
}

export type Verdict<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal }

export const granted = <T>(value: T): Verdict<T> => ({ ok: true, value })
export const refused = <T = never>(refusal: Refusal): Verdict<T> => ({ ok: false, refusal })
