import type { AccessPlan, Entry } from '@tiaoli/contract/catalogue'
import { listRows } from '@tiaoli/contract/gateway'
import { Suspense, useRef, useState } from 'react'
import { usePortalText } from '../../text/use-text.ts'
import { useRoute } from '../api.ts'
import { AskedLine } from '../asked-line.tsx'
import { formatMoment, formatNumber } from '../formats.ts'
import { Empty, Loading } from '../states.tsx'
import { Switch } from '../switch.tsx'
import { boxFieldOf } from './box-filter.ts'
import { useDataState, views } from './data-state.ts'
import { DataTable } from './data-table.tsx'
import styles from './data-view.module.css'
import { Exports } from './exports.tsx'
import { Filters } from './filters.tsx'
import { DataMap, DataPlot } from './later.ts'
import type { TakePicture } from './picture/picture.types.ts'
import { Share } from './share.tsx'
import type { Use } from './use.types.ts'

type Now = NonNullable<AccessPlan['now']>

/** Rows, plot and map of one query, whose state stands in the address. */
export function DataViewer({ entry, now }: { entry: Entry; now: Now }) {
  const { t } = usePortalText()
  const [state, change] = useDataState()
  const picture = useRef<TakePicture | null>(null)
  const [scenario, setScenario] = useState(now.scenario ?? '')
  const visible = new Set(now.fields.filter(({ mask }) => mask !== 'hidden').map(({ name }) => name))
  const fields = entry.fields.filter(({ name }) => visible.has(name))
  // What is masked can be looked at and not asked by: no filter, plot or map starts from it.
  const masked = new Set(now.fields.filter(({ mask }) => mask !== 'none').map(({ name }) => name))
  const clear = fields.filter(({ name }) => !masked.has(name))
  const use: Use = {
    ...(now.grantId ? { grant: now.grantId } : {}),
    ...(now.needsScenario ? { scenario } : {}),
  }
  const ready = !now.needsScenario || scenario.trim() !== ''
  return (
    <div className="stack" data-testid="data-view">
      {now.needsScenario && (
        <AskedLine
          id="scenario"
          label={t.data.scenario}
          help={t.data.scenarioHelp}
          value={scenario}
          onChange={setScenario}
        />
      )}
      {ready ? (
        <>
          <Status entry={entry} use={use} where={state.where} />
          <div className="row spread">
            <Switch
              label={t.data.viewAs}
              value={state.view}
              options={views.map((value) => ({ value, label: t.data.views[value] }))}
              onChange={(view) => change({ view })}
            />
            <Exports
              entryId={entry.id}
              use={use}
              where={state.where}
              placed={liesSomewhere(clear)}
              citation={now.basis === 'open' || now.grantId !== null ? entry.citation : null}
            />
          </div>
          <Filters fields={clear} where={state.where} onChange={(where) => change({ where })} />
          {state.view === 'table' && (
            <DataTable
              entry={entry}
              names={fields.map(({ name }) => name)}
              use={use}
              state={state}
              change={change}
            />
          )}
          <Suspense fallback={<Loading lines={6} />}>
            {state.view === 'plot' && <DataPlot fields={clear} {...{ entry, use, state, change, picture }} />}
            {state.view === 'map' && (
              <DataMap fields={clear} basis={now.basis} {...{ entry, use, state, picture }} />
            )}
          </Suspense>
          <Share entry={entry} state={state} open={now.basis === 'open'} picture={picture} />
        </>
      ) : (
        <Empty title={t.data.nameScenario} />
      )}
    </div>
  )
}

const liesSomewhere = (fields: Entry['fields']): boolean =>
  fields.some(({ type }) => type === 'geometry') || boxFieldOf(fields) !== null

/** How many rows, of which snapshot, how fresh: always in sight, whatever the view. */
function Status({ entry, use, where }: { entry: Entry; use: Use; where: readonly string[] }) {
  const { t, language } = usePortalText()
  const { data } = useRoute(listRows, {
    params: { entryId: entry.id },
    query: { ...use, where: [...where], limit: 1 },
  })
  const counted = useRoute(
    listRows,
    { params: { entryId: entry.id }, query: { ...use, where: [...where], limit: 1, total: 'exact' } },
    { enabled: data?.totalIsEstimate === true },
  )
  const known = counted.data ?? data
  const total = known?.total ?? (where.length === 0 ? entry.rows : null)
  const snapshot = data?.snapshot ?? entry.snapshot
  return (
    <p className={styles.status} aria-live="polite">
      {total !== null && total !== undefined && (
        <strong>
          {t.data.rowCount(
            `${known?.totalIsEstimate ? t.data.about : ''}${formatNumber(total, language)}`,
            where.length > 0,
          )}
        </strong>
      )}
      {snapshot && <span>{t.data.snapshot(snapshot.number)}</span>}
      {snapshot && <span>{t.data.asOf(formatMoment(snapshot.liveAt))}</span>}
    </p>
  )
}
