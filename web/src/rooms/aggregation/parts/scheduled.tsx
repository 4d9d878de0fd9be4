import type { Pull } from '@tiaoli/contract/pulls'
import { Button } from '../../../kit/controls/button.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { usePulls, useRemovePull, useRunPull } from '../aggregation.queries.ts'
import { NewPull } from './new-pull.tsx'
import { RemoveWay } from './remove-way.tsx'
import { WayState, Ways } from './ways.tsx'

/** Files and tables that the platform reads by itself: what is set up, how the last fetch went, and a new one. */
export function Scheduled({ entryId, keyed }: { entryId: string; keyed: boolean }) {
  const { t } = useDeskText()
  return (
    <Ways words={t.pulls} reading={usePulls(entryId)} known={(items) => <Known pulls={items} />}>
      <NewPull entryId={entryId} keyed={keyed} />
    </Ways>
  )
}

function Known({ pulls }: { pulls: readonly Pull[] }) {
  const { t } = useDeskText()
  const run = useRunPull()
  const remove = useRemovePull()
  return (
    <>
      {(run.error ?? remove.error) && <Failure error={(run.error ?? remove.error)!} />}
      <Table
        caption={t.pulls.title}
        rows={pulls}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'url',
            title: t.pulls.url,
            width: 'roomy',
            cell: ({ url, table, readUpTo }) => (
              <>
                <span className="mono">{url}</span>
                {table && (
                  <p className="small mono">
                    {table.schema === null ? table.name : `${table.schema}.${table.name}`}
                  </p>
                )}
                {readUpTo && <p className="small">{t.pulls.readUpTo(readUpTo)}</p>}
              </>
            ),
          },
          {
            key: 'every',
            title: t.pulls.every,
            cell: ({ everyMinutes, mode }) => (
              <>
                {t.pulls.everyMinutes(everyMinutes)}
                <p className="small">{t.versions.modes[mode]}</p>
              </>
            ),
          },
          {
            key: 'state',
            title: t.pulls.state,
            cell: ({ state, ...pull }) => <WayState {...pull} state={t.pulls.states[state]} />,
          },
          { key: 'next', title: t.pulls.next, width: 'unbroken', cell: ({ nextAt }) => formatMoment(nextAt) },
          {
            key: 'acts',
            title: t.pulls.acts,
            cell: ({ id, risingColumn }) => (
              <span className="row">
                <Button small onClick={() => run.mutate({ params: { pullId: id } })}>
                  {t.pulls.run}
                </Button>
                {risingColumn && (
                  <Button
                    small
                    onClick={() => run.mutate({ params: { pullId: id }, query: { reading: 'whole' } })}
                  >
                    {t.pulls.whole}
                  </Button>
                )}
                <RemoveWay
                  busy={remove.isPending}
                  onRemove={() => remove.mutate({ params: { pullId: id } })}
                />
              </span>
            ),
          },
        ]}
      />
    </>
  )
}
