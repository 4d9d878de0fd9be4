/** What a decision may settle of a request, by the keys of its form. */
const settled: ReadonlySet<string> = new Set(['fields', 'masks', 'rows', 'limits', 'scenario', 'until'])

/**
 * The answers of a request that its decision left as they were asked for: who reads the decision has to read them too.
 * An answer that was left empty says nothing.
 */
export const leftAsRequested = <A extends { readonly key: string; readonly value: unknown }>(
  requested: readonly A[],
  decided: readonly { readonly key: string; readonly value: unknown }[],
): A[] =>
  requested.filter(
    ({ key, value }) =>
      settled.has(key) &&
      !isEmpty(value) &&
      !decided.some((each) => each.key === key && !isEmpty(each.value)),
  )

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
