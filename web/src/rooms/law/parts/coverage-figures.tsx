import type { CoverageCounts } from '@tiaoli/contract/rulebook'
import { formatNumber } from '../../../kit/formats.ts'
import { usePortalText } from '../../../text/use-text.ts'
import styles from './coverage-figures.module.css'

const states = ['proven', 'built', 'tracked', 'stated', 'open'] as const

/** The whole regulation as one bar: what is proven, built, tracked, only stated and not yet there, each a way to its list. */
export function CoverageFigures({
  counts,
  chosen,
  onChoose,
}: {
  counts: CoverageCounts
  chosen: (typeof states)[number] | null
  onChoose: (state: (typeof states)[number] | null) => void
}) {
  const { t, language } = usePortalText()
  const all = states.reduce((sum, state) => sum + counts[state], 0)
  return (
    <div className="stack">
      <div className={styles.bar} aria-hidden="true">
        {states.map((state) => (
          <i key={state} data-state={state} style={{ flexGrow: counts[state] }} />
        ))}
      </div>
      <fieldset className={styles.figures}>
        <legend className="visually-hidden">{t.register.onlyState}</legend>
        <button type="button" aria-pressed={chosen === null} onClick={() => onChoose(null)}>
          <strong>{formatNumber(all, language)}</strong> {t.register.figures.all}
        </button>
        {states.map((state) => (
          <button
            key={state}
            type="button"
            data-state={state}
            title={t.register.stateHelp[state]}
            aria-pressed={chosen === state}
            onClick={() => onChoose(chosen === state ? null : state)}
          >
            <strong>{formatNumber(counts[state], language)}</strong> {t.register.figures[state]}
          </button>
        ))}
      </fieldset>
    </div>
  )
}
