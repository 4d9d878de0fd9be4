import type { Entry } from '@tiaoli/contract/catalogue'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useText } from '../text/use-text.ts'
import styles from './entry-head.module.css'
import { formatMoment, formatNumber } from './formats.ts'
import { TypeWords } from './type-words.tsx'
import { useTitle } from './use-title.ts'

/** What an entry is, before how to get it: whose, what, how open, how fresh, how good. */
export function EntryHead({ entry, actions }: { entry: Entry; actions?: ReactNode }) {
  const { t, say, language } = useText()
  useTitle(entry.title)
  return (
    <header className={styles.head}>
      <p className="quiet">
        <Link to={`/search?organisation=${entry.provider.id}`}>{say(entry.provider.name)}</Link>
        {' · '}
        <span className="mono">{entry.number}</span>
      </p>
      <h1>{entry.title}</h1>
      {entry.summary && <p className={styles.summary}>{entry.summary}</p>}
      <TypeWords entry={entry} chips />
      <ul className={styles.facts}>
        <li>
          <span>{t.entry.freshness}</span>
          {entry.snapshot ? formatMoment(entry.snapshot.liveAt) : t.entry.noData}
          {entry.freshness?.late && <em>{t.entry.late}</em>}
        </li>
        {entry.connection && (
          <li>
            <span>{t.sources.atItsSource}</span>
            {entry.connection.changedAt
              ? formatMoment(entry.connection.changedAt)
              : t.sources.states[entry.connection.state]}
            {entry.connection.stale && <em>{t.sources.entryStale}</em>}
          </li>
        )}
        <li>
          <span>{t.entry.updateCycle}</span>
          {entry.updateCycle ? t.cycles[entry.updateCycle] : t.common.notGiven}
        </li>
        {entry.rows !== null && (
          <li>
            <span>{t.entry.rows}</span>
            <a href="#data">{formatNumber(entry.rows, language)}</a>
          </li>
        )}
        {entry.quality && (
          <li>
            <span>{t.entry.quality}</span>
            <a href="#quality">{t.entry.score(formatNumber(entry.quality.score, language))}</a>
          </li>
        )}
        {entry.securityGrade && (
          <li>
            <span>{t.entry.grade}</span>
            {t.grades[entry.securityGrade]}
          </li>
        )}
        {entry.liveGrants > 0 && (
          <li>
            <span>{t.entry.liveGrants}</span>
            {entry.liveGrants}
          </li>
        )}
      </ul>
      {actions && <div className="row no-print">{actions}</div>}
    </header>
  )
}
