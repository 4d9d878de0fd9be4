import { useState } from 'react'
import { Link } from 'react-router'
import { formatNumber } from '../../../kit/formats.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useFlows } from '../tasks.queries.ts'

type Flow = { entryId: string; title: string; times: number }

/** Both directions of a month: what each body supplied, and what it took from others. */
export function FlowsTable() {
  const { t, say, language } = useDeskText()
  const [month, setMonth] = useState(() => new Date().toISOString().slice(0, 7))
  const reading = useFlows(month, /^20\d\d-(0[1-9]|1[0-2])$/.test(month))
  const list = (flows: readonly Flow[]) => (
    <details>
      <summary>{t.tasks.entries(formatNumber(flows.length, language))}</summary>
      {flows.map(({ entryId, title, times }) => (
        <p key={entryId}>
          <Link to={`/entries/${entryId}`}>{title}</Link>{' '}
          <span className="quiet">{t.tasks.times(times)}</span>
        </p>
      ))}
    </details>
  )
  return (
    <div className="stack">
      <label className="row">
        {t.tasks.month}
        <input type="month" value={month} onChange={(event) => setMonth(event.target.value)} />
      </label>
      <Await reading={reading} lines={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.tasks.noFlows} />
          ) : (
            <Table
              caption={t.tasks.flows}
              rows={items}
              rowKey={(row) => row.organisation.id}
              columns={[
                { key: 'owner', title: t.tasks.owner, cell: (row) => say(row.organisation.name) },
                { key: 'supplied', title: t.tasks.supplied, cell: (row) => list(row.supplied) },
                { key: 'obtained', title: t.tasks.obtained, cell: (row) => list(row.obtained) },
              ]}
            />
          )
        }
      </Await>
    </div>
  )
}
