import { useParams } from 'react-router'
import { EmbeddedView } from '../../../kit/data-view/embedded-view.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { useTitle } from '../../../kit/use-title.ts'
import { usePortalText } from '../../../text/use-text.ts'
import { useAccessPlan, useEntry } from '../catalogue.queries.ts'

/** A view of open data for somebody else's page. */
export default function EmbeddedPage() {
  const { t } = usePortalText()
  const { entryId = '' } = useParams()
  const plan = useAccessPlan(entryId)
  const reading = useEntry(entryId)
  useTitle(reading.data?.title)
  return (
    <Await reading={reading} lines={8}>
      {(entry) => (
        <div className="stack" style={{ '--gap': '8px' } as React.CSSProperties}>
          <div className="row spread">
            <h1 style={{ fontSize: '1.25rem' }}>{entry.title}</h1>
            <a href={`/entries/${entry.id}${window.location.search}#data`} target="_blank" rel="noopener">
              {t.looking.toEntry}
            </a>
          </div>
          <Await reading={plan} lines={8}>
            {({ now }) => {
              if (now?.basis !== 'open')
                return <Empty title={t.looking.onlyOpen}>{t.looking.onlyOpenWhy}</Empty>
              if (entry.snapshot === null) return <Empty title={t.data.noSnapshot} />
              return <EmbeddedView entry={entry} now={now} />
            }}
          </Await>
        </div>
      )}
    </Await>
  )
}
