import { Link } from 'react-router'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { formatDate, formatNumber } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useCatalogues, useEditions } from '../compilation.queries.ts'
import { editionColumns } from '../parts/edition-columns.tsx'
import { Sectors } from '../parts/sectors.tsx'

/** The catalogues of the city and all their editions, for everyone. */
export default function CataloguesPage() {
  const { t, say, language } = usePortalText()
  return (
    <Page title={t.compilation.catalogues} lead={t.compilation.cataloguesLead}>
      <Await reading={useCatalogues()} lines={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t.compilation.noEdition} next={<Link to="/search">{t.common.toCatalogue}</Link>} />
          ) : (
            items.map((catalogue) => (
              <Section
                key={catalogue.key}
                title={
                  <>
                    {say(catalogue.term)} <ArticleChip article={catalogue.article} />
                  </>
                }
                note={`${t.compilation.entries} ${formatNumber(catalogue.entries, language)}`}
              >
                {catalogue.latest && (
                  <p>
                    {t.compilation.latest}{' '}
                    <Link to={`/editions/${catalogue.latest.id}`}>
                      {t.compilation.edition(catalogue.latest.number)}
                    </Link>{' '}
                    {formatDate(catalogue.latest.publishedAt)}
                  </p>
                )}
                <Editions catalogue={catalogue.key} />
              </Section>
            ))
          )
        }
      </Await>
      <Sectors />
    </Page>
  )
}

function Editions({ catalogue }: { catalogue: string }) {
  const { t, say } = usePortalText()
  const pages = useEditions(catalogue)
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Await reading={reading}>
      {(read) => {
        const editions = read.flatMap((page) => page.items)
        if (editions.length === 0) return <p className="quiet">{t.compilation.noEdition}</p>
        return (
          <div className="stack">
            <Table
              caption={t.compilation.history}
              rows={editions}
              rowKey={(edition) => edition.id}
              columns={editionColumns(t, say)}
            />
            <More {...pages} />
          </div>
        )
      }}
    </Await>
  )
}
