import { listOrganisations } from '@tiaoli/contract/identity'
import { call } from './api.ts'

/** Finds bodies by their names, in either language, or by their ids; says which name nobody bears. */
export async function bodiesNamed(
  names: readonly string[],
): Promise<{ ids: string[]; unknown: string | undefined }> {
  const known = new Map<string, string>()
  for (let cursor: string | undefined; ; ) {
    const page = await call(listOrganisations, { query: cursor === undefined ? {} : { cursor } })
    for (const { id, name } of page.items) for (const key of [id, name.zh, name.en]) known.set(key, id)
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  return {
    ids: names.flatMap((name) => known.get(name) ?? []),
    unknown: names.find((name) => !known.has(name)),
  }
}
