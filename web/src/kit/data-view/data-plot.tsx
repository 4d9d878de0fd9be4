import type { Entry } from '@tiaoli/contract/catalogue'
import { aggregateRows } from '@tiaoli/contract/gateway'
import { lazy, Suspense } from 'react'
import { useText } from '../../text/use-text.ts'
import { useRoute } from '../api.ts'
import { Field, Select } from '../field.tsx'
import { formatNumber } from '../formats.ts'
import { Await, Empty, Loading } from '../states.tsx'
import { Table } from '../table.tsx'
import {
  defaultPlot,
  fieldOfGroup,
  groupOf,
  kindOf,
  measurable,
  pointsOf,
  profilesOf,
} from './chart-defaults.ts'
import type { DataState } from './data-state.ts'
import styles from './data-view.module.css'
import type { Use } from './use.types.ts'

const PlotCanvas = lazy(() => import('./plot-canvas.tsx'))

type Props = {
  entry: Entry
  fields: Entry['fields']
  use: Use
  state: DataState
  change: (part: Partial<DataState>) => void
}

/** A plot of grouped rows, with the same numbers as a table beneath it. */
export function DataPlot({ entry, fields, use, state, change }: Props) {
  const { t } = useText()
  const profiles = profilesOf(entry.quality)
  const first = defaultPlot(fields, profiles)
  const group = state.group || first?.group || ''
  const measure = state.measure || 'count'
  if (!first && !state.group) return <Empty title={t.data.nothingToPlot}>{t.data.nothingToPlotWhy}</Empty>
  return (
    <div className="stack">
      <div className={styles.controls}>
        <Field id="plot-group" label={t.data.groupBy}>
          <Select
            id="plot-group"
            value={group}
            options={fields.flatMap(groupOptions)}
            onChange={(value) => change({ group: value })}
          />
        </Field>
        <Field id="plot-measure" label={t.data.measure}>
          <Select
            id="plot-measure"
            value={measure}
            options={[
              { value: 'count', label: t.data.measures.count },
              ...measurable(fields).flatMap(({ name }) =>
                (['sum', 'avg', 'min', 'max'] as const).map((kind) => ({
                  value: `${kind}:${name}`,
                  label: `${name} · ${t.data.measures[kind]}`,
                })),
              ),
            ]}
            onChange={(value) => change({ measure: value })}
          />
        </Field>
      </div>
      <Drawn entry={entry} use={use} state={state} group={group} measure={measure} />
    </div>
  )

  function groupOptions(field: Entry['fields'][number]) {
    if (field.type !== 'date' && field.type !== 'instant') {
      const value = groupOf(field, profiles)
      return value === null ? [] : [{ value, label: field.name }]
    }
    return (['year', 'month', 'day'] as const).map((grain) => ({
      value: `${field.name}:${grain}`,
      label: `${field.name} · ${t.data.grains[grain]}`,
    }))
  }
}

function Drawn(props: { entry: Entry; use: Use; state: DataState; group: string; measure: string }) {
  const { t, language } = useText()
  const { group, measure } = props
  const reading = useRoute(aggregateRows, {
    params: { entryId: props.entry.id },
    query: { ...props.use, where: [...props.state.where], group, measure },
  })
  const [kind, field] = measure.split(':')
  const name = `${field ? `${field} · ` : ''}${t.data.measures[kind as keyof typeof t.data.measures]}`
  const groupName = fieldOfGroup(group)
  return (
    <Await reading={reading} lines={8}>
      {(answer) => {
        const points = pointsOf(answer.rows, group, measure, t.data.noValue)
        return (
          <>
            <figure>
              <Suspense fallback={<Loading lines={8} />}>
                <PlotCanvas
                  points={points}
                  kind={kindOf(group)}
                  name={name}
                  label={t.data.plotLabel(groupName, name, points.length)}
                />
              </Suspense>
            </figure>
            <details>
              <summary className={styles.summary}>{t.data.asTable}</summary>
              <Table
                caption={t.data.plotLabel(groupName, name, points.length)}
                rows={points}
                rowKey={(point, index) => `${point.label}-${index}`}
                columns={[
                  { key: 'label', title: groupName, cell: (point) => point.label },
                  {
                    key: 'value',
                    title: name,
                    numeric: true,
                    cell: (point) => (point.value === null ? '' : formatNumber(point.value, language)),
                  },
                ]}
              />
            </details>
          </>
        )
      }}
    </Await>
  )
}
