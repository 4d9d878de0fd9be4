const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi

/** Ids of the entries whose page addresses stand in the text; each once. */
export const entryIdsIn = (addresses: string): string[] => [
  ...new Set([...addresses.matchAll(uuid)].map(([id]) => id.toLowerCase())),
]
