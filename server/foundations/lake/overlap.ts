import type { Duck } from './duck.ts'
import { quoteName } from './duck.ts'

export type KeyColumn = { readonly rows: string; readonly field: string }

/** How many different values two columns hold, and how many they share. Values are compared as they are written. */
export async function overlapOf(
  duck: Duck,
  left: KeyColumn,
  right: KeyColumn,
): Promise<{ left: number; right: number; both: number }> {
  const keys = ({ rows, field }: KeyColumn) =>
    `select distinct cast(${quoteName(field)} as varchar) as k from ${rows} where ${quoteName(field)} is not null`
  const [found] = await duck.connected(undefined, (session) =>
    session.rows(`with l as (${keys(left)}), r as (${keys(right)})
      select (select count(*) from l)::double as left_keys, (select count(*) from r)::double as right_keys,
        (select count(*) from l semi join r on l.k = r.k)::double as both_keys`),
  )
  return {
    left: Number(found!.left_keys),
    right: Number(found!.right_keys),
    both: Number(found!.both_keys),
  }
}
