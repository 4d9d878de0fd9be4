import { Link, useParams } from 'react-router'
import { ContentValue } from '../../../kit/content-value.tsx'
import { Page } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useRestricted } from '../opening.queries.ts'

/** The entries of one body whose types are restricted, each with what the restriction rests on. */
export default function RestrictedPage() {
  const { t, say } = usePortalText()
  const { organisationId = '' } = useParams()
  return (
    <Await reading={useRestricted(organisationId)} lines={8}>
      {({ organisation, items }) => (
        <Page
          title={`${say(organisation.name)} · ${t.report.restricted}`}
          above={<Link to="/opening-report">{t.report.title}</Link>}
        >
          <Table
            caption={t.report.restricted}
            rows={items}
            rowKey={({ entry, axis }) => `${entry.id} ${axis}`}
            columns={[
              {
                key: 'entry',
                title: t.lists.entry,
                cell: ({ entry }) => <Link to={`/entries/${entry.id}`}>{entry.title}</Link>,
              },
              {
                key: 'axis',
                title: t.lists.type,
                cell: ({ axis, type }) => `${t.report.axis[axis]} · ${say(type.term)}`,
              },
              {
                key: 'basis',
                title: t.report.basis,
                width: 'roomy',
                cell: ({ basis, reasons }) =>
                  basis || reasons ? (
                    <>
                      {basis && <ContentValue kind="basis" value={basis} />} {reasons}
                    </>
                  ) : (
                    t.report.noBasis
                  ),
              },
              {
                key: 'review',
                title: t.report.review,
                cell: ({ review }) => review && <strong>{say(review)}</strong>,
              },
            ]}
          />
        </Page>
      )}
    </Await>
  )
}
