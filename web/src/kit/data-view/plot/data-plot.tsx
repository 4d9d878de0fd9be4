import type { Entry } from '@tiaoli/contract/catalogue'
import { usePortalText } from '../../../text/use-text.ts'
import { Empty } from '../../states.tsx'
import type { DataState } from '../data-state.ts'
import type { PictureHolder } from '../picture/picture.types.ts'
import type { Use } from '../use.types.ts'
import { defaultPlot, kindOf, type Plot, plotKinds, profilesOf } from './chart-defaults.ts'
import { DrawnPlot } from './drawn-plot.tsx'
import { PlotControls } from './plot-controls.tsx'

type Props = {
  entry: Entry
  fields: Entry['fields']
  use: Use
  state: DataState
  /** Absent where the plot is only looked at. */
  change?: (part: Partial<DataState>) => void
  picture: PictureHolder
}

/** A plot of grouped rows: what is chosen in the address, else what suits the fields. */
export function DataPlot({ entry, fields, use, state, change, picture }: Props) {
  const { t } = usePortalText()
  const profiles = profilesOf(entry.quality)
  const first = defaultPlot(fields, profiles)
  const group = state.group || first?.group || ''
  if (group === '') return <Empty title={t.data.nothingToPlot}>{t.data.nothingToPlotWhy}</Empty>
  const asked = plotKinds.find((kind) => kind === state.kind)
  const split = state.group === '' && state.split === '' ? (first?.split ?? '') : state.split
  const usual = state.group === '' ? first!.kind : kindOf(group)
  const kind = asked ?? usual
  const plot: Plot = { group, split, kind, measure: kind === 'scatter' ? 'count' : state.measure || 'count' }
  return (
    <div className="stack">
      {change && <PlotControls {...{ fields, profiles, plot, state, change }} />}
      {kind === 'scatter' && split === '' ? (
        <Empty title={t.data.nothingToPlot} />
      ) : (
        <DrawnPlot {...{ entry, use, state, plot, picture }} />
      )}
    </div>
  )
}
