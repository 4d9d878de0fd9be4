import type { FiguresAnswer } from '@tiaoli/contract/figures'

/** What is said of every body and month; without statutory periods there is nothing in time and nothing late. */
export const columnsFor = ({ timed, total }: Pick<FiguresAnswer, 'timed' | 'total'>) => [
  ...(['filed', 'open', 'answered'] as const),
  ...(timed ? (['inTime', 'late', 'overdue'] as const) : []),
  ...(timed && total.untimed > 0 ? (['untimed'] as const) : []),
  ...(['granted', 'refused', 'withdrawn'] as const),
  ...(total.missedLocal > 0 ? (['missedLocal'] as const) : []),
]
