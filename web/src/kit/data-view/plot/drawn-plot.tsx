import type { Entry } from '@tiaoli/contract/catalogue'
import type { AggregateAnswer } from '@tiaoli/contract/gateway'
import { lazy, Suspense, useMemo } from 'react'
import { usePortalText } from '../../../text/use-text.ts'
import { formatNumber } from '../../formats.ts'
import { Await, Empty, Loading } from '../../states.tsx'
import type { DataState } from '../data-state.ts'
import type { PictureHolder } from '../picture/picture.types.ts'
import type { Use } from '../use.types.ts'
import { fieldOfGroup, isBinned, type Plot } from './chart-defaults.ts'
import { cellsOf, linedOf } from './plot-data.ts'
import type { Drawn } from './plot-option.ts'
import { PlotTable } from './plot-table.tsx'
import { mostGroups, usePlotRows } from './use-plot-rows.ts'

const PlotCanvas = lazy(() => import('./plot-canvas.tsx'))

type Props = { entry: Entry; use: Use; state: DataState; plot: Plot; picture: PictureHolder }

/** The plot, what has to be known of it, and the same numbers as a table. */
export function DrawnPlot({ entry, use, state, plot, picture }: Props) {
  const { t } = usePortalText()
  const reading = usePlotRows(entry, use, state, plot)
  return (
    <Await reading={reading} lines={8}>
      {(answer) =>
        answer.rows.length === 0 ? (
          <Empty title={t.data.noRows}>{answer.withheld ? t.looking.withheld : t.data.noRowsWhy}</Empty>
        ) : (
          <Drawing answer={answer} plot={plot} log={state.log === '1'} picture={picture} />
        )
      }
    </Await>
  )
}

function Drawing(props: { answer: AggregateAnswer; plot: Plot; log: boolean; picture: PictureHolder }) {
  const { t, language } = usePortalText()
  const { answer, log, picture } = props
  const { group, split, measure, kind } = props.plot
  const drawn = useMemo((): Drawn => {
    const plot = { group, split, measure, kind }
    if (kind === 'scatter')
      return {
        shape: 'scatter',
        cells: cellsOf(answer.rows, plot),
        across: fieldOfGroup(group),
        upwards: fieldOfGroup(split),
      }
    const lined = linedOf(answer.rows, plot, { nothing: t.data.noValue, yesNo: t.common.yesNo })
    const ranked = fieldOfGroup(group) === group
    const shape = kind === 'line' ? 'lines' : isBinned(group) ? 'histogram' : ranked ? 'ranking' : 'bars'
    return { shape, lined, log }
  }, [answer.rows, group, split, measure, kind, log, t])
  const [operation, field] = measure.split(':')
  const name = `${field ? `${field} · ` : ''}${t.data.measures[operation as keyof typeof t.data.measures]}`
  const label =
    drawn.shape === 'scatter'
      ? t.looking.scatterLabel(drawn.across, drawn.upwards, drawn.cells.length)
      : t.data.plotLabel(fieldOfGroup(group), name, drawn.lined.labels.length)
  return (
    <>
      <figure>
        <figcaption className="small">{label}</figcaption>
        <Suspense fallback={<Loading lines={8} />}>
          <PlotCanvas drawn={drawn} name={name} label={label} picture={picture} />
        </Suspense>
      </figure>
      <p className="quiet small">
        {drawn.shape === 'scatter' && t.looking.scatterHelp}
        {drawn.shape === 'histogram' && t.looking.histogramHelp}{' '}
        {answer.rows.length >= mostGroups && t.looking.cut(formatNumber(mostGroups, language))}{' '}
        {answer.withheld && t.looking.withheld}
      </p>
      <PlotTable drawn={drawn} label={label} name={name} group={fieldOfGroup(group)} />
    </>
  )
}
