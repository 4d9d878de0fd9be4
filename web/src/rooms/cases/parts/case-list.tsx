import type { CaseSummary } from '@tiaoli/contract/cases'
import { useRef } from 'react'
import { Link } from 'react-router'
import { DueWords } from '../../../kit/due-words.tsx'
import { formatDate } from '../../../kit/formats.ts'
import { partyName } from '../../../kit/party-name.ts'
import { useDeskText } from '../../../text/use-text.ts'
import styles from './case-list.module.css'
import { useListKeys } from './use-list-keys.ts'

/** Where a case is worked on: of a catalogue entry beside what it says, everything else on a page of its own. */
const pageOf = ({ id, procedure, entry }: CaseSummary): string =>
  procedure.key === 'catalogue-entry' && entry ? `/entries/${entry.id}` : `/desk/cases/${id}`

/** Cases one a line: what is asked, by whom, where it stands, until when. */
export function CaseList({
  cases,
  label,
  selection,
}: {
  cases: readonly CaseSummary[]
  label: string
  /** Where several are chosen at a time: which are, and what choosing one does. */
  selection?: { readonly chosen: ReadonlySet<string>; readonly toggle: (id: string) => void }
}) {
  const { t, say } = useDeskText()
  const list = useRef<HTMLUListElement>(null)
  useListKeys(list)
  return (
    <ul ref={list} className={styles.list} aria-label={label}>
      {cases.map((one) => (
        <li key={one.id} data-selecting={selection !== undefined}>
          {selection && (
            <input
              type="checkbox"
              aria-label={t.together.choose(one.number)}
              checked={selection.chosen.has(one.id)}
              onChange={() => selection.toggle(one.id)}
            />
          )}
          <Link to={pageOf(one)} data-row data-outcome={one.outcome}>
            <span className={styles.what}>
              <strong>{say(one.subject)}</strong>
              <span className="quiet small">
                {[say(one.procedure.title), one.number, partyName(one.applicant, say)]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            <span className={styles.state}>
              {say(one.state.title)}
              {one.inPlaceOf && (
                <span className="quiet small"> · {t.handOvers.inPlaceOf(one.inPlaceOf)}</span>
              )}
            </span>
            <span className={styles.due}>
              {one.outcome === null ? (
                <DueWords due={one.due} />
              ) : (
                <span className="quiet small">{t.cases.endedOn(formatDate(one.updatedAt))}</span>
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
