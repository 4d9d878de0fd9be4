import { type CalendarYear, getCalendarNotice } from '@tiaoli/contract/calendar'
import { urlOf } from '@tiaoli/contract/client'
import { formatMoment } from '../../../kit/formats.ts'
import { Page, Section } from '../../../kit/page.tsx'
import { ReceiptLink } from '../../../kit/receipt-link.tsx'
import { useSession } from '../../../kit/session.ts'
import { Await } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useCalendarYears } from '../calendar.queries.ts'
import { LoadYear } from '../parts/load-year.tsx'

/** Which years' holidays are known and from where; officers of the authority load what the platform does not know. */
export default function CalendarPage() {
  const { t } = useDeskText()
  const { data: session } = useSession()
  const officer = session?.user?.powers.includes('officer')
  return (
    <Page title={t.calendar.title} lead={t.calendar.lead}>
      <Await reading={useCalendarYears()} lines={8}>
        {({ items }) => items.map((year) => <Year key={year.year} year={year} />)}
      </Await>
      {officer && (
        <Section title={t.calendar.load} note={t.calendar.loadNote}>
          <LoadYear />
        </Section>
      )}
    </Page>
  )
}

function Year({ year: { year, source, holidays, makeUpDays, notice } }: { year: CalendarYear }) {
  const { t, say, language } = useDeskText()
  return (
    <Section title={String(year)} note={t.calendar.sources[source]}>
      {source === 'unknown' ? (
        <p className="quiet">{t.calendar.unknown}</p>
      ) : (
        <div className="stack">
          <ul>
            {breaksOf(holidays, language).map(({ name, from, to }) => (
              <li key={from}>
                <strong>{say(name)}</strong>{' '}
                <span className="number">{from === to ? from : `${from} – ${to}`}</span>
              </li>
            ))}
          </ul>
          {makeUpDays.length > 0 && (
            <p className="number">
              {t.calendar.makeUp(makeUpDays.map(({ on }) => on).join(t.common.listSeparator))}
            </p>
          )}
          {notice && (
            <p className="small">
              <a href={urlOf(getCalendarNotice, { year })}>{notice.title}</a> {notice.number} ·{' '}
              {t.calendar.loadedAt(formatMoment(notice.loadedAt))} <ReceiptLink recordId={notice.recordId} />
            </p>
          )}
        </div>
      )}
    </Section>
  )
}

/** Days that follow each other under one name, as one break. */
function breaksOf(days: CalendarYear['holidays'], language: 'zh' | 'en') {
  const breaks: { name: CalendarYear['holidays'][number]['name']; from: string; to: string }[] = []
  for (const { on, name } of days) {
    const last = breaks.at(-1)
    const follows = last !== undefined && Date.parse(on) - Date.parse(last.to) === 86_400_000
    if (follows && last.name[language] === name[language]) last.to = on
    else breaks.push({ name, from: on, to: on })
  }
  return breaks
}
