import { Readable } from 'node:stream'
import { civilDateOf } from '@tiaoli/kernel/instants'
import { definitions } from './entries/index.ts'
import type { Scene } from './scene.ts'
import { csvOf } from './table.ts'
import type { Step } from './timeline.ts'

/** Hours ago of the last load, and hours between two loads, by the update cycle that an entry promises. */
const rhythms: Readonly<Record<string, { readonly last: number; readonly between: number }>> = {
  'real-time': { last: 3, between: 24 },
  daily: { last: 5, between: 24 },
  weekly: { last: 70, between: 168 },
  monthly: { last: 250, between: 744 },
  quarterly: { last: 500, between: 1_000 },
  yearly: { last: 900, between: 900 },
  irregular: { last: 900, between: 900 },
}

/** Every load of data: what falls on the same moment is brought in together. */
export function loading({ house, members, past, city, entries }: Scene): Step[] {
  const loads = definitions.flatMap((definition) => {
    const { data, updateCycle } = definition
    if (data === undefined) return []
    const { last, between } = rhythms[updateCycle ?? 'irregular']!
    const all = typeof data.rows === 'number' ? data.rows : data.rows(city)
    return Array.from({ length: data.snapshots ?? 1 }, (_, earlier) => ({
      definition,
      // Every earlier snapshot was a little smaller.
      rows: Math.ceil(all * 0.97 ** earlier),
      faultyRows: data.faultyRows ?? 0,
      hoursAgo: last + between * (earlier + (data.late ? 2 : 0)),
    }))
  })
  return [...Map.groupBy(loads, ({ hoursAgo }) => hoursAgo)].map(([hoursAgo, together]) => {
    const at = past.hoursAgo(hoursAgo)
    const cityOnDay = { ...city, today: civilDateOf(at) }
    return {
      at,
      happen: async () => {
        for (const { definition, rows, faultyRows } of together) {
          const { provider, title } = definition
          const file = Readable.from([csvOf(definition, rows, faultyRows, cityOnDay)])
          await house.aggregation.receive(members.of(provider), entries.get(title)!.id, file, {
            fileName: `${title}-${cityOnDay.today}.csv`,
            autoAccept: true,
          })
        }
        await house.jobs.settle()
      },
    }
  })
}
