import type { getHarvestSource } from '@tiaoli/contract/harvesting'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import type { z } from 'zod'
import { Button } from '../../../kit/controls/button.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { formatMoment, formatNumber } from '../../../kit/formats.ts'
import { LocalChip } from '../../../kit/local-chip.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { Await, Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useChangeSource, useHarvestSource, useStartHarvest } from '../harvesting.queries.ts'
import { Differences } from '../parts/differences.tsx'
import { RunReport } from '../parts/run-report.tsx'
import { RunState } from '../parts/run-state.tsx'
import { SourceForm } from '../parts/source-form.tsx'

type Source = z.output<typeof getHarvestSource.answer>

/** One source: its setting, its runs, and the differences that wait to be decided. */
export default function SourcePage() {
  const { t, language } = useDeskText()
  const { sourceId = '' } = useParams()
  return (
    <Await reading={useHarvestSource(sourceId)} lines={10}>
      {(source) => (
        <Page title={source.name} above={<Link to="/desk/harvest-sources">{t.harvesting.title}</Link>}>
          <Setting source={source} />
          <Section title={t.harvesting.acts} note={t.harvesting.actsNote}>
            <div className="stack">
              <Acts source={source} />
              {source.lastRun && <RunReport run={source.lastRun} />}
            </div>
          </Section>
          <Section title={t.harvesting.differences} note={t.harvesting.differencesNote}>
            <Differences sourceId={source.id} decides={source.acts.includes('decide')} />
          </Section>
          <Section title={t.harvesting.runs}>
            {source.runs.length === 0 ? (
              <p className="quiet">{t.harvesting.never}</p>
            ) : (
              <Table
                caption={t.harvesting.runs}
                rows={source.runs}
                rowKey={({ id }) => id}
                columns={[
                  {
                    key: 'state',
                    title: t.harvesting.state,
                    width: 'roomy',
                    cell: (run) => <RunState run={run} />,
                  },
                  {
                    key: 'how',
                    title: t.harvesting.how,
                    cell: ({ askedBy }) => askedBy ?? t.harvesting.bySchedule,
                  },
                  ...(['read', 'added', 'changed', 'differing', 'withdrawn'] as const).map((key) => ({
                    key,
                    title: t.harvesting.counts[key],
                    numeric: true,
                    cell: ({ counts }: Source['runs'][number]) => formatNumber(counts[key], language),
                  })),
                ]}
              />
            )}
          </Section>
        </Page>
      )}
    </Await>
  )
}

/** A trial at any time; for real once it has been tried; and an answer to a run that was held back. */
function Acts({ source }: { source: Source }) {
  const { t } = useDeskText()
  const start = useStartHarvest()
  const { lastRun } = source
  const busy = start.isPending || (lastRun !== null && lastRun.endedAt === null)
  const run = (mode: 'try' | 'real', acceptWithdrawals = false) =>
    start.mutate({ params: { sourceId: source.id }, body: { mode, acceptWithdrawals } })
  if (!source.enabled) return <p className="quiet">{t.harvesting.disabled}</p>
  return (
    <>
      {start.error && <Failure error={start.error} />}
      <div className="row">
        <Button disabled={busy} onClick={() => run('try')}>
          {t.harvesting.try}
        </Button>
        <Button primary disabled={busy || !source.tried} onClick={() => run('real')}>
          {t.harvesting.real}
        </Button>
        {lastRun?.state === 'held-back' && (
          <Button danger disabled={busy} onClick={() => run('real', true)}>
            {t.harvesting.accept}
          </Button>
        )}
      </div>
      {lastRun?.state === 'held-back' && <p className="small">{t.harvesting.acceptFollows}</p>}
    </>
  )
}

function Setting({ source }: { source: Source }) {
  const { t, say } = useDeskText()
  const change = useChangeSource()
  const [editing, setEditing] = useState(false)
  const params = { sourceId: source.id }
  const { version } = source
  return (
    <Section title={t.harvesting.kinds[source.kind]}>
      <div className="stack">
        {editing ? (
          <SourceForm
            error={change.error}
            words={source}
            busy={change.isPending}
            onCancel={() => setEditing(false)}
            onSubmit={({ name, kind, url, everyHours, mostWithdrawnPercent }) =>
              change.mutate(
                { params, body: { name, kind, url, everyHours, mostWithdrawnPercent, version } },
                { onSuccess: () => setEditing(false) },
              )
            }
          />
        ) : (
          <>
            <Facts
              facts={[
                [t.harvesting.url, source.url],
                [t.harvesting.organisation, say(source.organisation.name)],
                [
                  t.harvesting.everyHours,
                  source.everyHours && (
                    <>
                      {source.everyHours} <LocalChip instrument={null} />
                    </>
                  ),
                ],
                [
                  t.harvesting.percent,
                  <>
                    {source.mostWithdrawnPercent} % <LocalChip instrument={null} />
                  </>,
                ],
                [t.harvesting.nextRun, source.nextRunAt && formatMoment(source.nextRunAt)],
                [t.harvesting.registeredBy, source.registeredBy],
              ]}
            />
            {change.error && <Failure error={change.error} />}
            <div className="row">
              <Button onClick={() => setEditing(true)}>{t.harvesting.change}</Button>
              <Button
                busy={change.isPending}
                onClick={() => change.mutate({ params, body: { enabled: !source.enabled, version } })}
              >
                {source.enabled ? t.harvesting.disable : t.harvesting.enable}
              </Button>
            </div>
          </>
        )}
      </div>
    </Section>
  )
}
