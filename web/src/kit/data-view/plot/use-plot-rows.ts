import type { Entry } from '@tiaoli/contract/catalogue'
import { aggregateRows } from '@tiaoli/contract/gateway'
import { useRoute } from '../../api.ts'
import type { DataState } from '../data-state.ts'
import type { Use } from '../use.types.ts'
import { isBinned, type Plot } from './chart-defaults.ts'
import { binRange, groupsOf, widthFor } from './plot-data.ts'

/** Groups of one plot; what has more says so. */
export const mostGroups = 2000

/**
 * The groups of a plot. Where so many bins are asked for, the answer with bins of the interface's own width tells first
 * from where to where the numbers go.
 */
export function usePlotRows(entry: Entry, use: Use, state: DataState, plot: Plot) {
  const read = (widths: ReadonlyMap<string, number>) => ({
    params: { entryId: entry.id },
    query: {
      ...use,
      where: [...state.where],
      group: groupsOf(plot, widths),
      measure: plot.measure,
      limit: mostGroups,
    },
  })
  const first = useRoute(aggregateRows, read(new Map()))
  const bins = Number(state.bins)
  const wanted = Number.isInteger(bins) && bins >= 2 && bins <= 500
  const widths = new Map<string, number>()
  if (wanted && first.data)
    for (const group of [plot.group, plot.split].filter(isBinned)) {
      const range = binRange(first.data.rows, group)
      if (range !== null) widths.set(group, widthFor(range, bins))
    }
  const second = useRoute(aggregateRows, read(widths), { enabled: widths.size > 0 })
  return widths.size > 0 ? second : first
}
