/** Texts that stand for "no value" unless the steward says otherwise. */
export const defaultNulls: readonly string[] = ['', 'NA', 'N/A', '\\N', 'NULL', 'null']

/** Pure: whether these are the usual ones, in whatever order. */
export const areDefaultNulls = (nulls: readonly string[]): boolean =>
  nulls === defaultNulls ||
  (defaultNulls.every((spelling) => nulls.includes(spelling)) &&
    nulls.every((spelling) => defaultNulls.includes(spelling)))
