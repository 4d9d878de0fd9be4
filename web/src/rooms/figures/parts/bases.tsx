import type { FiguresAnswer } from '@tiaoli/contract/figures'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { casesOf } from '../figures.queries.ts'
import { Counted } from './counted.tsx'

/** What refusals rest on; the instruments by name for those who may read the decisions. */
export function Bases({ answer }: { answer: FiguresAnswer }) {
  const { t, say } = usePortalText()
  const worded = answer.bases.some(({ instruments }) => (instruments ?? []).length > 0)
  return (
    <Table
      caption={t.figures.bases}
      rows={answer.bases}
      rowKey={({ rank }) => rank?.key ?? ''}
      columns={[
        {
          key: 'rank',
          title: t.figures.rank,
          cell: ({ rank }) => (rank === null ? t.figures.noBasis : say(rank.term)),
        },
        {
          key: 'refused',
          title: t.figures.keys.refused,
          numeric: true,
          cell: ({ rank, refused }) => (
            <Counted
              count={refused}
              to={
                answer.total.listed && rank !== null ? casesOf(answer, 'refused', { basis: rank.key }) : null
              }
            />
          ),
        },
        ...(worded
          ? [
              {
                key: 'instruments',
                title: t.figures.instruments,
                width: 'roomy' as const,
                cell: ({ instruments }: FiguresAnswer['bases'][number]) =>
                  (instruments ?? [])
                    .map(({ name, refused }) => t.figures.refusedTimes(name, refused))
                    .join(t.common.listSeparator),
              },
            ]
          : []),
      ]}
    />
  )
}
