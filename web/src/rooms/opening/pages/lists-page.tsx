import { Link } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { formatDate } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useOpeningLists } from '../opening.queries.ts'
import { Overview } from '../parts/overview.tsx'

export default function ListsPage() {
  const { t, say } = usePortalText()
  const pages = useOpeningLists()
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Page title={t.lists.title} lead={t.lists.lead}>
      <Await reading={reading} lines={6}>
        {(read) => {
          const editions = read.flatMap(({ items }) => items)
          return (
            <>
              <p className="row">
                {read[0]!.lists.map((list) => (
                  <span key={list.key}>
                    {say(list.name)} <ArticleChip article={list.article} />
                  </span>
                ))}
              </p>
              {editions.length === 0 ? (
                <Empty title={t.lists.empty} />
              ) : (
                <Table
                  caption={t.lists.title}
                  rows={editions}
                  rowKey={({ id }) => id}
                  columns={[
                    {
                      key: 'owner',
                      title: t.lists.owner,
                      cell: ({ id, owner }) => <Link to={`/opening-lists/${id}`}>{say(owner.name)}</Link>,
                    },
                    {
                      key: 'list',
                      title: t.lists.list,
                      cell: ({ list, year }) => `${say(list.name)}${year === null ? '' : ` · ${year}`}`,
                    },
                    { key: 'lines', title: t.lists.lines, numeric: true, cell: ({ lines }) => lines },
                    {
                      key: 'edition',
                      title: t.lists.editions,
                      cell: ({ edition }) => t.lists.edition(edition),
                    },
                    {
                      key: 'at',
                      title: t.lists.publishedAt,
                      width: 'unbroken',
                      cell: ({ publishedAt }) => formatDate(publishedAt),
                    },
                  ]}
                />
              )}
              <More {...pages} />
              {read[0]!.lists.map((list) => (
                <Section key={list.key} title={t.lists.overview} note={say(list.name)}>
                  <Overview list={list} />
                </Section>
              ))}
            </>
          )
        }}
      </Await>
    </Page>
  )
}
