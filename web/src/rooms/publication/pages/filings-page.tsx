import { ProblemError } from '@tiaoli/contract/client'
import { fileType, listFilings, listUnfiled } from '@tiaoli/contract/publication'
import { Link } from 'react-router'
import { useAct, usePages, useRoute } from '../../../kit/api.ts'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { ProblemView } from '../../../kit/problem-view.tsx'
import { useTerms } from '../../../kit/rulebook.ts'
import { useSession } from '../../../kit/session.ts'
import { Await, Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'

/** Restricted types that were filed with or by the reader's body, and those that still have to be. */
export default function FilingsPage() {
  const { t, say } = useDeskText()
  const { sharingTerm } = useTerms()
  const pages = usePages(listFilings, {})
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  return (
    <Page title={t.filings.title} lead={t.filings.lead}>
      <Section title={t.filings.missing}>
        <Missing />
      </Section>
      <Section title={t.filings.title}>
        <Await reading={reading} lines={5}>
          {(read) => {
            const rows = read.flatMap((page) => page.items)
            if (rows.length === 0) return <Empty title={t.filings.none} />
            return (
              <div className="stack">
                <Table
                  caption={t.filings.title}
                  rows={rows}
                  rowKey={(each) => each.id}
                  columns={[
                    {
                      key: 'number',
                      title: t.filings.number,
                      width: 'unbroken',
                      cell: (each) => (
                        <>
                          {each.number} <ArticleChip article={each.article} />
                        </>
                      ),
                    },
                    {
                      key: 'entry',
                      title: t.filings.entry,
                      cell: (each) => <Link to={`/entries/${each.entry.id}`}>{each.entry.title}</Link>,
                    },
                    { key: 'type', title: t.filings.type, cell: (each) => sharingTerm(each.sharingType) },
                    {
                      key: 'basis',
                      title: t.filings.basis,
                      cell: (each) => each.basis && `${each.basis.instrument} ${each.basis.article}`,
                    },
                    { key: 'provider', title: t.filings.provider, cell: (each) => say(each.provider.name) },
                    {
                      key: 'authority',
                      title: t.filings.authority,
                      cell: (each) => say(each.authority.name),
                    },
                    {
                      key: 'filedAt',
                      title: t.filings.filedAt,
                      width: 'unbroken',
                      cell: (each) => formatMoment(each.filedAt),
                    },
                  ]}
                />
                <More {...pages} />
              </div>
            )
          }}
        </Await>
      </Section>
    </Page>
  )
}

function Missing() {
  const { t, say } = useDeskText()
  const { sharingTerm } = useTerms()
  const { data: session } = useSession()
  const file = useAct(fileType)
  const own = session?.user?.organisation?.id
  return (
    <Await reading={useRoute(listUnfiled, {})}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="quiet">{t.filings.missingNone}</p>
        ) : (
          <div className="stack">
            {items.map(({ entry, sharingType, provider, authority }) => (
              <div key={entry.id} className="row">
                <Link to={`/entries/${entry.id}`}>{entry.title}</Link>
                <span>{sharingTerm(sharingType)}</span>
                <span className="quiet">
                  {say(provider.name)} → {authority ? say(authority.name) : t.filings.noAuthority}
                </span>
                {provider.id === own && authority && (
                  <Button busy={file.isPending} onClick={() => file.mutate({ body: { entryId: entry.id } })}>
                    {t.filings.file}
                  </Button>
                )}
              </div>
            ))}
            {file.error instanceof ProblemError && <ProblemView problem={file.error.problem} />}
          </div>
        )
      }
    </Await>
  )
}
