import { urlOf } from '@tiaoli/contract/client'
import { exportSupply, listSupply, type SupplyLine } from '@tiaoli/contract/matching'
import { Link } from 'react-router'
import { usePages } from '../../../kit/api.ts'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { LinkButton } from '../../../kit/link-button.tsx'
import { More } from '../../../kit/more.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { useRulebook } from '../../../kit/rulebook.ts'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'

const sections = ['matched', 'no-supply'] as const

/** Each demand for shared data with what meets it; demands that nothing meets stand on their own. */
export default function SupplyPage() {
  const { t, say } = useDeskText()
  const { data: rulebook } = useRulebook()
  const pages = usePages(listSupply, { query: { limit: 100 } })
  const reading = { data: pages.data?.pages, error: pages.error, refetch: pages.refetch }
  const head = pages.data?.pages[0]
  const procedure = rulebook?.matching?.procedure
  return (
    <Page
      title={head ? say(head.term) : t.matching.title}
      lead={
        head && (
          <>
            {t.matching.asOf(formatMoment(head.asOf))} <ArticleChip article={head.article} />
          </>
        )
      }
      actions={
        <>
          {procedure && (
            <LinkButton primary to={`/desk/open/${procedure}`}>
              {t.matching.file}
            </LinkButton>
          )}
          <a href={urlOf(exportSupply, {})} download>
            {t.matching.download}
          </a>
        </>
      }
    >
      <Await reading={reading} lines={8}>
        {(read) => {
          const lines = read.flatMap((page) => page.items)
          return (
            <div className="stack">
              {sections.map((section) => (
                <Section key={section} title={t.matching.sections[section]}>
                  <Lines
                    lines={lines.filter((line) => line.section === section)}
                    caption={t.matching.sections[section]}
                  />
                </Section>
              ))}
              <More {...pages} />
            </div>
          )
        }}
      </Await>
    </Page>
  )
}

function Lines({ lines, caption }: { lines: readonly SupplyLine[]; caption: string }) {
  const { t, say } = useDeskText()
  if (lines.length === 0) return <p className="quiet">{t.matching.none}</p>
  return (
    <Table
      caption={caption}
      rows={lines}
      rowKey={(line) => line.caseId}
      columns={[
        { key: 'demand', title: t.matching.demand, cell: (line) => line.demand },
        { key: 'user', title: t.matching.user, cell: (line) => line.user && say(line.user.name) },
        {
          key: 'entry',
          title: t.matching.entry,
          cell: (line) => line.entry && <Link to={`/entries/${line.entry.id}`}>{line.entry.title}</Link>,
        },
        {
          key: 'provider',
          title: t.matching.provider,
          cell: (line) => line.provider && say(line.provider.name),
        },
        { key: 'type', title: t.matching.type, cell: (line) => line.sharingType && say(line.sharingType) },
        { key: 'state', title: t.matching.state, cell: (line) => say(line.state) },
      ]}
    />
  )
}
