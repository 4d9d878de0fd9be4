import type { CaseClock } from '@tiaoli/contract/cases'
import { civilDateOf } from '@tiaoli/kernel/instants'
import { usePortalText } from '../text/use-text.ts'
import { ClockLine } from './clock-line.tsx'
import styles from './clock-view.module.css'
import { clockTone, dayMarks } from './clock-words.ts'
import { formatDay, formatMoment } from './formats.ts'
import { SourceChip } from './source-chip.tsx'

/** A time limit: what is left of it, by whom it is owed, by which rule, and on request each day it counts. */
export function ClockView({ clock }: { clock: CaseClock }) {
  const { t, say, language } = usePortalText()
  const today = civilDateOf(new Date())
  const day = (on: string) => formatDay(on, language, today)
  const tone = clockTone(clock)
  const owner = clock.owner.organisation ?? null
  return (
    <section
      className={styles.clock}
      data-tone={tone}
      data-kind={clock.kind}
      data-testid={`clock-${clock.key}`}
    >
      <header className="row" style={{ '--gap': '8px' } as React.CSSProperties}>
        <h3>{say(clock.title)}</h3>
        <SourceChip of={clock} />
        {clock.provisional && (
          <span className={styles.note} title={t.clock.provisionalHelp}>
            {t.clock.provisional}
          </span>
        )}
        {clock.extended && <span className={styles.note}>{t.clock.extended}</span>}
      </header>
      <p className={styles.sentence}>
        {clock.pausedOn ? (
          t.clock.paused(day(clock.pausedOn))
        ) : clock.running || clock.overdue ? (
          <ClockLine timing={clock} dueOn={clock.dueOn} />
        ) : (
          t.clock.stopped(clock.stoppedAt ? formatMoment(clock.stoppedAt) : '')
        )}
      </p>
      <DayBar clock={clock} />
      <p className="quiet small">{t.clock.owedBy(say(clock.owner.role), owner ? say(owner.name) : '')}</p>
      {clock.days.length > 0 && (
        <details className={styles.days}>
          <summary>
            {t.clock.showDays(clock.workingDays ?? clock.days.filter((d) => d.working).length)}
          </summary>
          <ol>
            {clock.days.map((counted) => (
              <li key={counted.on} data-working={counted.working}>
                <span className="number">{day(counted.on)}</span>
                <span>{counted.name ? say(counted.name) : t.clock.reasons[counted.reason]}</span>
                <span>{counted.working ? t.clock.counts : t.clock.countsNot}</span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </section>
  )
}

/** A thin bar, one piece a day; rest days are hatched because they do not count. */
function DayBar({ clock }: { clock: CaseClock }) {
  if (clock.days.length === 0) return null
  return (
    <div className={styles.bar} aria-hidden="true">
      {dayMarks(clock.days, clock.workingDaysLeft).map((mark) => (
        <i key={mark.on} data-working={mark.working} data-passed={mark.passed} />
      ))}
    </div>
  )
}
