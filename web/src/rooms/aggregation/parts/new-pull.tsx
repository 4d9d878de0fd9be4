import type { BatchMode } from '@tiaoli/contract/aggregation'
import { useState } from 'react'
import { AskedLine, AskedLines } from '../../../kit/asked-line.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useCreatePull } from '../aggregation.queries.ts'
import { modesOf, tableOf } from '../source-answers.ts'
import { AskedMode } from './asked-mode.tsx'
import { NewWay } from './new-way.tsx'

const periods = [15, 60, 360, 1_440, 10_080] as const
const nothing = { url: '', token: '', user: '', place: '', columns: '', rising: '' }

/** Sets up a file or a table that the platform reads by itself. */
export function NewPull({ entryId, keyed }: { entryId: string; keyed: boolean }) {
  const { t } = useDeskText()
  const create = useCreatePull()
  const [kind, setKind] = useState<'file' | 'table'>('file')
  const [said, setSaid] = useState(nothing)
  const [every, setEvery] = useState('1440')
  const [chosen, setChosen] = useState<BatchMode>('replace')
  const isTable = kind === 'table'
  const rising = said.rising.trim()
  const modes = modesOf(isTable ? (rising === '' ? 'table' : 'rising') : 'file', keyed)
  const mode = modes.includes(chosen) ? chosen : modes[0]!
  const say = (key: keyof typeof nothing) => (value: string) => setSaid({ ...said, [key]: value })
  const send = () =>
    create.mutate(
      {
        params: { entryId },
        body: {
          url: said.url.trim(),
          everyMinutes: Number(every),
          mode,
          ...(said.token && { token: said.token }),
          ...(isTable && {
            table: tableOf(said.place, said.columns),
            ...(said.user.trim() && { user: said.user.trim() }),
            ...(rising && { risingColumn: rising }),
          }),
        },
      },
      { onSuccess: () => setSaid(nothing) },
    )
  return (
    <NewWay
      error={create.error}
      act={t.pulls.create}
      ready={said.url.trim() !== ''}
      busy={create.isPending}
      onSend={send}
    >
      <Field id="pull-kind" label={t.pulls.kind}>
        <Select
          id="pull-kind"
          value={kind}
          options={[
            { value: 'file', label: t.pulls.kinds.file },
            { value: 'table', label: t.pulls.kinds.table },
          ]}
          onChange={(value) => setKind(value as typeof kind)}
        />
      </Field>
      <AskedLine
        id="pull-url"
        path="url"
        label={isTable ? t.pulls.databaseUrl : t.pulls.url}
        help={isTable ? t.pulls.databaseUrlHelp : t.pulls.urlHelp}
        value={said.url}
        onChange={say('url')}
      />
      {isTable && (
        <AskedLine
          id="pull-user"
          path="user"
          label={t.pulls.user}
          help={t.pulls.userHelp}
          value={said.user}
          onChange={say('user')}
        />
      )}
      <AskedLine
        id="pull-token"
        path="token"
        type="password"
        label={isTable ? t.pulls.password : t.pulls.token}
        help={t.pulls.tokenHelp}
        optional
        value={said.token}
        onChange={say('token')}
      />
      {isTable && (
        <>
          <AskedLine
            id="pull-table"
            path="table"
            label={t.pulls.table}
            help={t.pulls.tableHelp}
            value={said.place}
            onChange={say('place')}
          />
          <AskedLines
            id="pull-columns"
            path="table.columns"
            optional
            label={t.pulls.columns}
            help={t.pulls.columnsHelp}
            value={said.columns}
            onChange={say('columns')}
          />
          <AskedLine
            id="pull-rising"
            path="risingColumn"
            label={t.pulls.rising}
            help={t.pulls.risingHelp}
            optional
            value={said.rising}
            onChange={say('rising')}
          />
        </>
      )}
      <AskedMode id="pull-mode" mode={mode} modes={modes} onChange={setChosen} />
      <Field id="pull-every" path="everyMinutes" label={t.pulls.every}>
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
    </NewWay>
  )
}
