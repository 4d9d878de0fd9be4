import type { Text } from '@tiaoli/kernel/text'
import type { BasesRules } from '../../foundations/rulebook/index.ts'
import type { BaseEntry, BaseIdentifier, KeptBase } from './bases.store.ts'

/** A base database (基础数据库): named by the regulation, or added by the city where the list is open. */
export type Base = {
  readonly key: string
  readonly term: Text
  readonly identifier: BaseIdentifier | null
  readonly named: boolean
  readonly leadId: string | null
}

/** Those of the regulation in its order, then those that the city has added. @article CQ-21.2-a BJ-17.2-f XM-17.1 */
export function basesOf(rules: BasesRules | undefined, kept: readonly KeptBase[]): Base[] {
  if (rules === undefined) return []
  const named = rules.list.map((base) => ({
    ...base,
    named: true,
    leadId: kept.find(({ key }) => key === base.key)?.leadId ?? null,
  }))
  const added = kept.flatMap(({ key, titleZh, titleEn, identifier, leadId }) =>
    titleZh === null || titleEn === null
      ? []
      : [{ key, term: { zh: titleZh, en: titleEn }, identifier, named: false, leadId }],
  )
  return [...named, ...added]
}

/** The register against which the others are counted: the first of the lead department, else the first of all. */
export const referenceOf = (
  base: Base,
  sources: readonly (BaseEntry & { providerId: string })[],
): BaseEntry | undefined => sources.find(({ providerId }) => providerId === base.leadId) ?? sources[0]

export type CheckedRow = {
  readonly row: number
  readonly state: 'matched' | 'proposed' | 'unmatched'
  readonly key: string | null
}

/**
 * Each row of a list against what the base holds: its key is known; or it has none, and exactly one record bears its
 * name, whose key is proposed; or it is unmatched.
 */
export function judgeRows(
  rows: readonly { readonly key: string; readonly name: string }[],
  known: ReadonlySet<string>,
  keysByName: ReadonlyMap<string, readonly string[]>,
): CheckedRow[] {
  return rows.map(({ key, name }, index) => {
    const row = index + 1
    if (key !== '') return { row, state: known.has(key) ? 'matched' : 'unmatched', key: null }
    const keys = keysByName.get(name) ?? []
    return keys.length === 1
      ? { row, state: 'proposed', key: keys[0]! }
      : { row, state: 'unmatched', key: null }
  })
}
