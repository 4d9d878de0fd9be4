import type { FiguresAnswer } from '@tiaoli/contract/figures'
import { lazy, Suspense } from 'react'
import { Loading } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { casesOf } from '../figures.queries.ts'
import { Counted } from './counted.tsx'
import { columnsFor } from './figure-columns.ts'
import { Median } from './median.tsx'

const MonthsCanvas = lazy(() => import('./months-canvas.tsx'))

/** The months as a drawing, and the same numbers as a table beneath it. */
export function Months({ answer }: { answer: FiguresAnswer }) {
  const { t } = usePortalText()
  const label = t.figures.plotLabel(answer.months.length)
  return (
    <div className="stack">
      <figure>
        <Suspense fallback={<Loading lines={8} />}>
          <MonthsCanvas months={answer.months} label={label} />
        </Suspense>
      </figure>
      <details>
        <summary>{t.data.asTable}</summary>
        <Table
          caption={t.figures.byMonth}
          rows={answer.months}
          rowKey={({ month }) => month}
          columns={[
            { key: 'month', title: t.figures.month, width: 'unbroken', cell: ({ month }) => month },
            ...columnsFor(answer).map((key) => ({
              key,
              title: t.figures.keys[key],
              numeric: true,
              cell: (row: FiguresAnswer['months'][number]) => (
                <Counted
                  count={row[key]}
                  to={answer.total.listed ? casesOf(answer, key, { month: row.month }) : null}
                />
              ),
            })),
            {
              key: 'median',
              title: t.figures.medianDays,
              numeric: true,
              cell: ({ medianWorkingDays }) => <Median days={medianWorkingDays} />,
            },
          ]}
        />
      </details>
    </div>
  )
}
