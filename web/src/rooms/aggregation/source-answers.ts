import type { BatchMode } from '@tiaoli/contract/aggregation'

/** Pure: pairs that are written one a line, `field=other`; what has no sign between is left out. */
export const pairsOf = (written: string): [string, string][] =>
  written.split('\n').flatMap((line) => {
    const at = line.indexOf('=')
    const [field, other] = [line.slice(0, at).trim(), line.slice(at + 1).trim()]
    return at < 0 || field === '' || other === '' ? [] : [[field, other]]
  })

/** Pure: where the rows lie, written `schema.table` or `table`. A name may hold a dot only after the first. */
export function tableOf(place: string, columns: string) {
  const dot = place.indexOf('.')
  return {
    schema: dot < 0 ? null : place.slice(0, dot).trim(),
    name: place.slice(dot + 1).trim(),
    columns: pairsOf(columns).map(([field, column]) => ({ field, column })),
  }
}

/** Pure: how rows of a source may meet those that are live; by key only where the entry has one. */
export function modesOf(source: 'file' | 'table' | 'rising' | 'stream', keyed: boolean): BatchMode[] {
  const modes: Record<typeof source, BatchMode[]> = {
    file: ['replace', 'append', 'upsert', 'delete'],
    table: ['replace', 'upsert'],
    rising: ['upsert', 'append'],
    stream: ['append', 'upsert'],
  }
  return modes[source].filter((mode) => keyed || (mode !== 'upsert' && mode !== 'delete'))
}
