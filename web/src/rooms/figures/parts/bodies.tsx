import type { FiguresAnswer } from '@tiaoli/contract/figures'
import { Link, useLocation } from 'react-router'
import { formatNumber } from '../../../kit/formats.ts'
import { LocalChip } from '../../../kit/local-chip.tsx'
import { useSession } from '../../../kit/session.ts'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { casesOf, grantsOf } from '../figures.queries.ts'
import { Counted } from './counted.tsx'
import { columnsFor } from './figure-columns.ts'
import { Median } from './median.tsx'

type Row = FiguresAnswer['organisations'][number]

/** One body a line; its name narrows the page to it, its numbers lead to their cases. */
export function Bodies({ answer }: { answer: FiguresAnswer }) {
  const { t, say, language } = usePortalText()
  const { pathname, search } = useLocation()
  const { data: session } = useSession()
  const narrowed = (id: string) => {
    const asked = new URLSearchParams(search)
    asked.set('by', answer.by)
    asked.set('organisation', id)
    return `${pathname}?${asked}`
  }
  const used = (['liveGrants', 'calls', 'rows'] as const).filter((key) => answer.total[key] !== null)
  return (
    <Table
      caption={t.figures.byBody}
      rows={answer.organisations}
      rowKey={({ organisation }) => organisation.id}
      columns={[
        {
          key: 'body',
          title: t.figures.body,
          width: 'roomy',
          cell: ({ organisation }) => <Link to={narrowed(organisation.id)}>{say(organisation.name)}</Link>,
        },
        ...columnsFor(answer).map((key) => ({
          key,
          title:
            key === 'missedLocal' ? (
              <>
                {t.figures.keys[key]} <LocalChip instrument={null} />
              </>
            ) : (
              t.figures.keys[key]
            ),
          numeric: true,
          cell: (row: Row) => (
            <Counted
              count={row[key]}
              to={row.listed ? casesOf(answer, key, { organisation: row.organisation.id }) : null}
            />
          ),
        })),
        {
          key: 'median',
          title: t.figures.medianDays,
          numeric: true,
          cell: ({ medianWorkingDays }) => <Median days={medianWorkingDays} />,
        },
        ...used.map((key) => ({
          key,
          title: t.figures[key],
          numeric: true,
          cell: (row: Row) =>
            key === 'liveGrants' ? (
              <Counted
                count={row.liveGrants ?? 0}
                to={grantsOf(answer, session?.user?.organisation?.id, row.organisation.id)}
              />
            ) : (
              formatNumber(row[key] ?? 0, language)
            ),
        })),
      ]}
    />
  )
}
