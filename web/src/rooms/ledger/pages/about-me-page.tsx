import { listUsesAboutMe } from '@tiaoli/contract/subjects'
import { Link } from 'react-router'
import { usePages } from '../../../kit/api.ts'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page } from '../../../kit/page.tsx'
import { useRulebook } from '../../../kit/rulebook.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'

/** Who looked up data under the reader's own identity number. */
export default function AboutMePage() {
  const { t, say } = useDeskText()
  const { data: rulebook } = useRulebook()
  const pages = usePages(listUsesAboutMe, { query: {} })
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  const offered = rulebook?.assurance.subjects
  return (
    <Page title={offered ? say(offered.term) : t.aboutMe.title} lead={t.aboutMe.lead}>
      {offered && (
        <p className="quiet">
          {t.aboutMe.reach} <ArticleChip article={offered.article} />
        </p>
      )}
      <Await reading={reading} lines={8}>
        {(read) => {
          const uses = read.flatMap((page) => page.items)
          if (uses.length === 0) return <Empty title={t.aboutMe.empty} />
          return (
            <div className="stack">
              <Table
                caption={t.aboutMe.title}
                rows={uses}
                rowKey={(use) => use.recordId}
                columns={[
                  { key: 'at', title: t.records.at, width: 'unbroken', cell: (use) => formatMoment(use.at) },
                  {
                    key: 'who',
                    title: t.explain.who,
                    cell: (use) => (use.user ? say(use.user.name) : t.aboutMe.person),
                  },
                  {
                    key: 'entry',
                    title: t.explain.entry,
                    cell: (use) =>
                      use.entry && <Link to={`/entries/${use.entry.id}`}>{use.entry.title}</Link>,
                  },
                  {
                    key: 'fields',
                    title: t.explain.fields,
                    width: 'roomy',
                    cell: (use) => use.fields.join(t.common.listSeparator),
                  },
                  {
                    key: 'purpose',
                    title: t.explain.purpose,
                    cell: (use) => (
                      <>
                        {use.scenario} {use.article && <ArticleChip article={use.article} />}
                      </>
                    ),
                  },
                ]}
              />
              <More {...pages} />
            </div>
          )
        }}
      </Await>
    </Page>
  )
}
