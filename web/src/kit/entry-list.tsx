import type { EntrySummary, Marks } from '@tiaoli/contract/catalogue'
import { Link } from 'react-router'
import { useText } from '../text/use-text.ts'
import styles from './entry-list.module.css'
import { formatDate, formatNumber } from './formats.ts'
import { Highlight } from './highlight.tsx'
import { TypeWords } from './type-words.tsx'

/** Entries as a reader scans them: title, what it is, whose, how open, how fresh, how much. */
export function EntryList({ entries }: { entries: readonly (EntrySummary & { marks?: Marks | null })[] }) {
  const { t, say, language } = useText()
  return (
    <ul className={styles.list}>
      {entries.map((entry) => (
        <li key={entry.id}>
          <h3>
            <Link to={`/entries/${entry.id}`}>
              <Highlight text={entry.title} ranges={entry.marks?.title} />
            </Link>
          </h3>
          {entry.summary && (
            <p className={styles.summary}>
              <Highlight text={entry.summary} ranges={entry.marks?.summary} />
            </p>
          )}
          {entry.marks && entry.marks.fields.length > 0 && (
            <p className={styles.fields}>
              {t.search.inFields}
              {entry.marks.fields.map(({ name, ranges }) => (
                <span key={name}>
                  <Highlight text={name} ranges={ranges} />
                </span>
              ))}
            </p>
          )}
          <p className={styles.facts}>
            <span>
              <Highlight text={say(entry.provider.name)} ranges={entry.marks?.provider[language]} />
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
