import type { EntrySummary } from '@tiaoli/contract/catalogue'
import { Link } from 'react-router'
import { useText } from '../text/use-text.ts'
import styles from './entry-list.module.css'
import { formatDate, formatNumber } from './formats.ts'
import { Highlight } from './highlight.tsx'
import { TypeWords } from './type-words.tsx'

/** Entries as a reader scans them: title, what it is, whose, how open, how fresh, how much. */
export function EntryList({ entries, query }: { entries: readonly EntrySummary[]; query: string }) {
  const { t, say, language } = useText()
  return (
    <ul className={styles.list}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <h3>
            <Link to={`/entries/${entry.id}`}>
              <Highlight text={entry.title} query={query} />
            </Link>
          </h3>
          {entry.summary && (
            <p className={styles.summary}>
              <Highlight text={entry.summary} query={query} />
            </p>
          )}
          <p className={styles.facts}>
            <span>
              <Highlight text={say(entry.provider.name)} query={query} />
            </span>
            <TypeWords entry={entry} />
            <span className="number">
              {entry.liveAt
                ? t.entry.updatedOn(formatDate(entry.liveAt))
                : entry.heldAt
                  ? t.sources.heldAt(entry.heldAt)
                  : t.entry.noData}
            </span>
            {entry.rows !== null && (
              <span className="number">{t.entry.rowCount(formatNumber(entry.rows, language))}</span>
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}
