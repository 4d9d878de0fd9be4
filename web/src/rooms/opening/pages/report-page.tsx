import type { OpeningReport } from '@tiaoli/contract/opening-report'
import { Link } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { useSession } from '../../../kit/session.ts'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useReport, useUnfulfilled } from '../opening.queries.ts'

type Row = OpeningReport['items'][number]

export default function ReportPage() {
  const { t, say } = usePortalText()
  const { data: session } = useSession()
  return (
    <Page title={t.report.title} lead={t.report.lead}>
      <Await reading={useReport()} lines={8}>
        {({ items, articles }) => (
          <Table
            caption={t.report.title}
            rows={items}
            rowKey={({ organisation }) => organisation.id}
            columns={[
              {
                key: 'organisation',
                title: t.report.organisation,
                cell: ({ organisation }) => (
                  <Link to={`/opening-report/${organisation.id}`}>{say(organisation.name)}</Link>
                ),
              },
              { key: 'total', title: t.report.total, numeric: true, cell: ({ total }) => total },
              {
                key: 'opening',
                title: (
                  <>
                    {t.report.opening}{' '}
                    {articles.opening && <ArticleChip article={articles.opening.article} />}
                  </>
                ),
                cell: ({ opening, opened, total }) => (
                  <>
                    {t.report.openedOf(opened, total)} <span className="quiet small">{types(opening)}</span>
                  </>
                ),
              },
              {
                key: 'sharing',
                title: (
                  <>
                    {t.report.sharing}{' '}
                    {articles.sharing && <ArticleChip article={articles.sharing.article} />}
                  </>
                ),
                cell: ({ sharing, shared, total }) => (
                  <>
                    {t.report.sharedOf(shared, total)} <span className="quiet small">{types(sharing)}</span>
                  </>
                ),
              },
            ]}
          />
        )}
      </Await>
      {session?.user?.organisation && <Unfulfilled />}
    </Page>
  )

  function types(counts: Row['opening']): string {
    return counts.map(({ term, count }) => `${say(term)} ${count}`).join(t.common.listSeparator)
  }
}

/** What is typed open to all and has no data: nothing has been opened yet. */
function Unfulfilled() {
  const { t, say } = usePortalText()
  const { data } = useUnfulfilled(true)
  if (data === undefined || data.items.length === 0) return null
  return (
    <Section
      title={t.report.unfulfilled}
      note={
        <>
          {t.report.unfulfilledLead} {data.article && <ArticleChip article={data.article} />}
        </>
      }
    >
      <ul className="stack">
        {data.items.map(({ entry, provider, mine }) => (
          <li key={entry.id} className="row">
            <Link to={`/entries/${entry.id}`}>{entry.title}</Link>
            <span className="quiet small">{say(provider.name)}</span>
            {mine && <Link to={`/desk/entries/${entry.id}/upload`}>{t.report.upload}</Link>}
          </li>
        ))}
      </ul>
    </Section>
  )
}
