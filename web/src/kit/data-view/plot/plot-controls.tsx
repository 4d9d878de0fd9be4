import type { Entry } from '@tiaoli/contract/catalogue'
import { usePortalText } from '../../../text/use-text.ts'
import { Field, type Option, Select } from '../../field.tsx'
import type { DataState } from '../data-state.ts'
import styles from '../data-view.module.css'
import {
  groupOf,
  isBinned,
  kindOf,
  measurable,
  type Plot,
  type Profiles,
  plotKinds,
  splitting,
} from './chart-defaults.ts'

/** Numbers of bins that can be asked for. */
const binCounts = [10, 20, 50, 100]

type Props = {
  fields: Entry['fields']
  profiles: Profiles
  plot: Plot
  state: DataState
  change: (part: Partial<DataState>) => void
}

/** What is plotted and how, one question each; the answers stand in the address. */
export function PlotControls({ fields, profiles, plot, state, change }: Props) {
  const { t } = usePortalText()
  const numbers = measurable(fields)
  const kinds = plotKinds.filter((kind) => kind !== 'scatter' || numbers.length > 1)
  const scatter = plot.kind === 'scatter'
  const groups = fields.flatMap(groupOptions)
  const split = splitting(fields, profiles).filter(({ name }) => name !== plot.group)
  const binned = numbers.map(({ name }) => ({ value: `${name}:bin`, label: name }))

  function changeKind(kind: string) {
    if (kind !== 'scatter') {
      const group = scatter ? (groups[0]?.value ?? plot.group) : plot.group
      return change({ kind: kind === kindOf(group) ? '' : kind, group, split: scatter ? '' : plot.split })
    }
    const [across, upwards] = binned
    change({ kind, group: across?.value ?? '', split: upwards?.value ?? '', measure: '', log: '' })
  }

  return (
    <div className={styles.controls}>
      {ask('plot-kind', t.looking.kind, plot.kind, kindOptions(), changeKind)}
      {scatter ? (
        <>
          {ask('plot-across', t.looking.across, plot.group, binned, (group) => change({ ...kept(), group }))}
          {ask('plot-upwards', t.looking.upwards, plot.split, binned, (value) =>
            change({ ...kept(), split: value }),
          )}
        </>
      ) : (
        <>
          {ask('plot-group', t.data.groupBy, plot.group, groups, (group) => change({ ...kept(), group }))}
          {ask('plot-measure', t.data.measure, plot.measure, measureOptions(), (measure) =>
            change({ ...kept(), measure: measure === 'count' ? '' : measure }),
          )}
          {split.length > 0 &&
            ask('plot-split', t.looking.split, plot.split, splitOptions(), (value) =>
              change({ ...kept(), split: value }),
            )}
        </>
      )}
      {(isBinned(plot.group) || isBinned(plot.split)) &&
        ask('plot-bins', t.looking.bins, state.bins, binOptions(), (bins) => change({ ...kept(), bins }))}
      {!scatter && (
        <label className={styles.tick}>
          <input
            type="checkbox"
            checked={state.log === '1'}
            onChange={(event) => change({ ...kept(), log: event.target.checked ? '1' : '' })}
          />
          {t.looking.log}
        </label>
      )}
    </div>
  )

  /** What is shown now, written out: a change of one part leaves the others as they are seen. */
  function kept(): Partial<DataState> {
    const { group, kind } = plot
    return { group, split: plot.split, kind: kind === kindOf(group) ? '' : kind }
  }

  function ask(
    id: string,
    label: string,
    value: string,
    options: Option[],
    onChange: (value: string) => void,
  ) {
    return (
      <Field id={id} label={label}>
        <Select id={id} value={value} options={options} onChange={onChange} />
      </Field>
    )
  }

  function kindOptions(): Option[] {
    return kinds.map((value) => ({ value, label: t.looking.kinds[value] }))
  }

  function splitOptions(): Option[] {
    return [
      { value: '', label: t.looking.noSplit },
      ...split.map(({ name }) => ({ value: name, label: name })),
    ]
  }

  function binOptions(): Option[] {
    return [
      { value: '', label: t.looking.binsAuto },
      ...binCounts.map((count) => ({ value: String(count), label: t.looking.binsAbout(count) })),
    ]
  }

  function measureOptions(): Option[] {
    return [
      { value: 'count', label: t.data.measures.count },
      ...numbers.flatMap(({ name }) =>
        (['sum', 'avg', 'min', 'max'] as const).map((kind) => ({
          value: `${kind}:${name}`,
          label: `${name} · ${t.data.measures[kind]}`,
        })),
      ),
    ]
  }

  function groupOptions(field: Entry['fields'][number]): Option[] {
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
