import type { Coverage } from '@tiaoli/contract/tasks'
import { Link } from 'react-router'
import { formatNumber } from '../../../kit/formats.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useCoverage } from '../tasks.queries.ts'

/** Each body's figures, each of which leads to its entries. */
export function CoverageTable() {
  const { t, say, language } = useDeskText()
  const number = (value: number) => formatNumber(value, language)
  const tasksOf = (row: Coverage, state = '') =>
    `/desk/aggregation?organisation=${row.organisation.id}${state && `&state=${state}`}`
  return (
    <Await reading={useCoverage(true)} lines={6}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t.tasks.none} />
        ) : (
          <Table
            caption={t.tasks.coverage}
            rows={items}
            rowKey={(row) => row.organisation.id}
            columns={[
              {
                key: 'owner',
                title: t.tasks.owner,
                cell: (row) => <Link to={tasksOf(row)}>{say(row.organisation.name)}</Link>,
              },
              {
                key: 'aggregated',
                title: t.tasks.aggregatedOfDue,
                numeric: true,
                cell: (row) => `${number(row.aggregated)} / ${number(row.due)}`,
              },
              {
                key: 'short',
                title: t.tasks.states.short,
                numeric: true,
                cell: (row) => <Link to={tasksOf(row, 'short')}>{number(row.short)}</Link>,
              },
              {
                key: 'excepted',
                title: t.tasks.states.excepted,
                numeric: true,
                cell: (row) => number(row.excepted),
              },
              {
                key: 'hours',
                title: t.tasks.replyHours,
                numeric: true,
                cell: ({ requests }) =>
                  requests.medianHours === null
                    ? t.tasks.noReplies
                    : t.tasks.hours(number(requests.medianHours)),
              },
              { key: 'opened', title: t.tasks.opened, numeric: true, cell: (row) => number(row.opened) },
              {
                key: 'missing',
                title: t.tasks.missing,
                width: 'roomy',
                cell: ({ missing }) =>
                  missing.map(({ entryId, title }) => (
                    <Link key={entryId} to={`/desk/aggregation/${entryId}`} className="block">
                      {title}
                    </Link>
                  )),
              },
            ]}
          />
        )
      }
    </Await>
  )
}
