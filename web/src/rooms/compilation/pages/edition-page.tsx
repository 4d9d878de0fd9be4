import type { getEdition } from '@tiaoli/contract/editions'
import { Link, useParams } from 'react-router'
import type { z } from 'zod'
import { formatMoment } from '../../../kit/formats.ts'
import { Page, Section } from '../../../kit/page.tsx'
import { propertyName } from '../../../kit/property-name.ts'
import { ReceiptLink } from '../../../kit/receipt-link.tsx'
import { useTerms } from '../../../kit/rulebook.ts'
import { useSession } from '../../../kit/session.ts'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useEdition } from '../compilation.queries.ts'

type Differences = z.infer<(typeof getEdition)['answer']>['differences']

export default function EditionPage() {
  const { t, say } = usePortalText()
  const { editionId = '' } = useParams()
  const { data: session } = useSession()
  return (
    <Await reading={useEdition(editionId)} lines={10}>
      {(edition) => (
        <Page
          title={t.compilation.edition(edition.number)}
          above={<Link to="/catalogues">{t.compilation.catalogues}</Link>}
          lead={`${say(edition.publisher.name)} · ${formatMoment(edition.publishedAt)} · ${t.compilation.entries} ${edition.entries}`}
          actions={
            <>
              <a href={`/api/v1/editions/${edition.id}/export?format=json`}>{t.compilation.exportJson}</a>
              <a href={`/api/v1/editions/${edition.id}/export?format=csv`}>{t.compilation.exportCsv}</a>
              {session?.user && <ReceiptLink recordId={edition.recordId} />}
            </>
          }
        >
          {edition.note && <p className="pre-line measure">{edition.note}</p>}
          <Section
            title={t.compilation.differences}
            note={
              edition.previous === null ? t.compilation.firstEdition : t.compilation.edition(edition.previous)
            }
          >
            <DifferenceTables differences={edition.differences} />
          </Section>
        </Page>
      )}
    </Await>
  )
}

function DifferenceTables({ differences }: { differences: Differences }) {
  const { t, say } = usePortalText()
  const { sharingTerm, openingTerm } = useTerms()
  const kinds = (['added', 'changed', 'withdrawn'] as const).filter((kind) => differences[kind].length > 0)
  if (kinds.length === 0) return <p className="quiet">{t.compilation.noDifference}</p>
  return (
    <div className="stack">
      {kinds.map((kind) => (
        <div key={kind} className="stack">
          <h3>
            {t.compilation[kind]} {differences[kind].length}
          </h3>
          <Table
            caption={t.compilation[kind]}
            rows={differences[kind]}
            rowKey={(entry) => entry.entryId}
            columns={[
              {
                key: 'title',
                title: t.compilation.entry,
                cell: (entry) => <Link to={`/entries/${entry.entryId}`}>{entry.title}</Link>,
              },
              { key: 'provider', title: t.compilation.provider, cell: (entry) => say(entry.provider.name) },
              {
                key: 'types',
                title: t.cases.types,
                cell: (entry) =>
                  [sharingTerm(entry.sharingType), openingTerm(entry.openingType)].join(
                    t.common.listSeparator,
                  ),
              },
              ...(kind === 'changed'
                ? [
                    {
                      key: 'changed',
                      title: t.compilation.changedParts,
                      cell: (entry: Differences['changed'][number]) =>
                        entry.changed.map((name) => propertyName(t, name)).join(t.common.listSeparator),
                    },
                  ]
                : []),
            ]}
          />
        </div>
      ))}
    </div>
  )
}
