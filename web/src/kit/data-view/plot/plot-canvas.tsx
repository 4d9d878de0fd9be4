import { useCallback } from 'react'
import { usePreferences } from '../../preferences.ts'
import type { PictureHolder } from '../picture/picture.types.ts'
import { type Colours, useChart } from '../use-chart.ts'
import { type Drawn, optionOf, rankingRowPixels } from './plot-option.ts'

type Props = { drawn: Drawn; name: string; label: string; picture: PictureHolder }

/** The drawing of a plot. Loaded only when a plot is looked at. */
export default function PlotCanvas({ drawn, name, label, picture }: Props) {
  const { size } = usePreferences()
  const option = useCallback(
    (colours: Colours) => optionOf(drawn, { name, label }, colours),
    [drawn, name, label],
  )
  const onDrawn = useCallback<NonNullable<Parameters<typeof useChart>[1]>>(
    (chart) => {
      picture.current =
        chart &&
        (async () => ({
          body: { svg: chart.renderToSVGString() },
          width: chart.getWidth(),
          height: chart.getHeight(),
          title: label,
        }))
    },
    [picture, label],
  )
  const holder = useChart(option, onDrawn)
  const usual = size === 'large' ? 460 : 380
  const height =
    drawn.shape === 'ranking' ? Math.max(160, drawn.lined.labels.length * rankingRowPixels + 60) : usual
  return <div ref={holder} role="img" aria-label={label} style={{ height }} />
}
