import type { ArticleId } from '@tiaoli/kernel/decisions'
import type { Article, Procedure, Rulebook } from './rulebook.types.ts'

/** The article that an article or obligation id points into: `CQ-26` and `CQ-26.1-a` both give article 26. */
export function articleOf(
  rulebook: Pick<Rulebook, 'articles' | 'prefix'>,
  id: ArticleId,
): Article | undefined {
  const number = articleNumber(rulebook.prefix, id)
  return rulebook.articles.find((article) => article.number === number)
}

/** The article's number within an id of the rulebook with that prefix; undefined for any other text. */
export function articleNumber(prefix: string, id: ArticleId): number | undefined {
  const digits = /^([A-Z]{2,8})-(\d{1,3})(?![\dA-Za-z])/.exec(id)
  return digits?.[1] === prefix ? Number(digits[2]) : undefined
}

export const procedureOf = (rulebook: Rulebook, key: string): Procedure | undefined =>
  rulebook.procedures.find((procedure) => procedure.key === key)
