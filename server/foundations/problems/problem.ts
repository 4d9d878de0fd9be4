import { type ProblemCode, type Problem as ProblemDocument, problems } from '@tiaoli/contract/problems'
import type { ArticleId, Refusal } from '@tiaoli/kernel/decisions'
import type { Language, Text } from '@tiaoli/kernel/text'

export type ProblemParts = {
  readonly article?: ArticleId | undefined
  readonly condition?: Text | undefined
  readonly remedy?: Text | undefined
  readonly errors?: readonly { readonly path: string; readonly message: Text }[] | undefined
  readonly recordId?: string | undefined
  readonly retryAfterSeconds?: number | undefined
}

/**
 * A "no" on its way out: it becomes a problem document (RFC 9457). Only what stands in its public parts leaves the
 * house; `cause` stays in the log.
 */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: ProblemCode
  readonly parts: ProblemParts

  constructor(code: ProblemCode, parts: ProblemParts = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause })
    this.code = code
    this.parts = parts
  }

  get status(): number {
    return problems[this.code].status
  }
}

/**
 * A lawful refusal as a problem: the code says what kind, the refusal says which article, why, and what to do. What no
 * article orders is no refusal under the regulation, but one by a rule of the platform.
 */
export function refusalProblem(
  code: ProblemCode,
  refusal: Refusal,
  recordId?: string,
  retryAfterSeconds?: number,
): Problem {
  const said = code === 'refused-by-law' && refusal.article === undefined ? 'refused-by-platform' : code
  return new Problem(said, {
    article: refusal.article,
    condition: refusal.condition,
    remedy: refusal.remedy,
    errors: refusal.paths?.map((path) => ({ path, message: refusal.condition })),
    recordId,
    retryAfterSeconds,
  })
}

export function documentOf(problem: Problem, language: Language, instance: string): ProblemDocument {
  const { title, status } = problems[problem.code]
  const { article, condition, remedy, errors, recordId } = problem.parts
  return {
    type: `urn:tiaoli:problem:${problem.code}`,
    title: title[language],
    status,
    code: problem.code,
    instance,
    message: title,
    ...(condition ? { detail: condition[language], condition } : {}),
    ...(article ? { article } : {}),
    ...(remedy ? { remedy } : {}),
    ...(errors ? { errors: [...errors] } : {}),
    ...(recordId ? { recordId } : {}),
  }
}
