import type { BatchMode } from '@tiaoli/contract/aggregation'
import type { Pull } from '@tiaoli/contract/pulls'
import { useState } from 'react'
import { Link } from 'react-router'
import { Button } from '../../../kit/controls/button.tsx'
import { Input } from '../../../kit/controls/inputs.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { Section } from '../../../kit/page.tsx'
import { Await, Failure } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useCreatePull, usePulls, useRemovePull, useRunPull } from '../aggregation.queries.ts'

const periods = [15, 60, 360, 1_440, 10_080] as const

/** Files that the platform fetches by itself: what is set up, how the last fetch went, and a new one. */
export function Scheduled({ entryId, mode }: { entryId: string; mode: BatchMode }) {
  const { t } = useDeskText()
  return (
    <Section title={t.pulls.title} note={t.pulls.note}>
      <div className="stack">
        <Await reading={usePulls(entryId)}>
          {({ items }) =>
            items.length === 0 ? <p className="quiet">{t.pulls.none}</p> : <Known pulls={items} />
          }
        </Await>
        <NewPull entryId={entryId} mode={mode} />
      </div>
    </Section>
  )
}

function Known({ pulls }: { pulls: readonly Pull[] }) {
  const { t, say } = useDeskText()
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
            cell: ({ url }) => <span className="mono">{url}</span>,
          },
          {
            key: 'every',
            title: t.pulls.every,
            cell: ({ everyMinutes }) => t.pulls.everyMinutes(everyMinutes),
          },
          {
            key: 'state',
            title: t.pulls.state,
            cell: ({ state, failure, batchId }) => (
              <>
                {t.pulls.states[state]}
                {failure && <p className="small">{say(failure)}</p>}
                {batchId && (
                  <p className="small">
                    <Link to={`/desk/batches/${batchId}`}>{t.pulls.lastBatch}</Link>
                  </p>
                )}
              </>
            ),
          },
          { key: 'next', title: t.pulls.next, width: 'unbroken', cell: ({ nextAt }) => formatMoment(nextAt) },
          {
            key: 'acts',
            title: t.pulls.acts,
            cell: ({ id }) => (
              <span className="row">
                <Button small onClick={() => run.mutate({ params: { pullId: id } })}>
                  {t.pulls.run}
                </Button>
                <Button small danger onClick={() => remove.mutate({ params: { pullId: id } })}>
                  {t.pulls.remove}
                </Button>
              </span>
            ),
          },
        ]}
      />
    </>
  )
}

function NewPull({ entryId, mode }: { entryId: string; mode: BatchMode }) {
  const { t } = useDeskText()
  const create = useCreatePull()
  const [url, setUrl] = useState('')
  const [token, setToken] = useState('')
  const [every, setEvery] = useState('1440')
  const send = () =>
    create.mutate(
      {
        params: { entryId },
        body: { url: url.trim(), everyMinutes: Number(every), mode, ...(token && { token }) },
      },
      {
        onSuccess: () => {
          setUrl('')
          setToken('')
        },
      },
    )
  return (
    <div className="stack">
      <Field id="pull-url" label={t.pulls.url} help={t.pulls.urlHelp}>
        <Input
          id="pull-url"
          type="url"
          value={url}
          maxLength={2000}
          onChange={(event) => setUrl(event.target.value)}
        />
      </Field>
      <Field id="pull-token" label={t.pulls.token} help={t.pulls.tokenHelp} optional>
        <Input
          id="pull-token"
          type="password"
          autoComplete="off"
          value={token}
          maxLength={4000}
          onChange={(event) => setToken(event.target.value)}
        />
      </Field>
      <Field id="pull-every" label={t.pulls.every}>
        <Select
          id="pull-every"
          value={every}
          options={periods.map((minutes) => ({
            value: String(minutes),
            label: t.pulls.everyMinutes(minutes),
          }))}
          onChange={setEvery}
        />
      </Field>
      {create.error && <Failure error={create.error} />}
      <div>
        <Button disabled={url.trim() === ''} busy={create.isPending} onClick={send}>
          {t.pulls.create}
        </Button>
      </div>
    </div>
  )
}
