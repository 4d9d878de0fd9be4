import { absent } from './columns.rules.ts'

type Part = Record<string, unknown>

/** The part of an entry or a field that a dotted path names. */
export const partAt = (whole: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((part, name) => (part as Part | null | undefined)?.[name], whole)

/** The whole with a part set; what lies on the way is copied, and made where it is missing. */
export function withPart(whole: Part, path: string, value: unknown): Part {
  const [name, ...rest] = path.split('.') as [string, ...string[]]
  if (rest.length > 0)
    return { ...whole, [name]: withPart((whole[name] ?? {}) as Part, rest.join('.'), value) }
  if (value !== absent) return { ...whole, [name]: value }
  const { [name]: _, ...others } = whole
  return others
}

const isBlank = (value: unknown): boolean => value === undefined || value === null || value === ''

/** Parts of which all cells are blank are not there, which the catalogue says by null. */
export function withoutBlanks(draft: Part): Part {
  let whole = draft
  for (const path of ['sharing.basis', 'opening.basis', 'assessment']) {
    const part = partAt(whole, path) as Part | null | undefined
    if (part != null && Object.values(part).every(isBlank)) whole = withPart(whole, path, null)
  }
  const extra = partAt(whole, 'extra') as Part | undefined
  if (extra === undefined) return whole
  return {
    ...whole,
    extra: Object.fromEntries(Object.entries(extra).filter(([, value]) => !isBlank(value))),
  }
}
