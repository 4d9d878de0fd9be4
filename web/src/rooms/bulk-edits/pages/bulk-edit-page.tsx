import { Link, useParams } from 'react-router'
import { Facts } from '../../../kit/facts.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { Page, Section } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useBulkEdit } from '../bulk-edits.queries.ts'
import { Acts } from '../parts/acts.tsx'
import { Lines } from '../parts/lines.tsx'

/** One sheet that came back: what it changes, and what can be done about it. */
export default function BulkEditPage() {
  const { t } = useDeskText()
  const { bulkEditId = '' } = useParams()
  return (
    <Await reading={useBulkEdit(bulkEditId)} lines={10}>
      {(edit) => (
        <Page title={edit.fileName} above={<Link to="/desk/bulk-edits">{t.bulkEdits.title}</Link>}>
          <Section title={t.bulkEdits.states[edit.state]}>
            <div className="stack">
              <Facts
                facts={[
                  [t.bulkEdits.by, edit.by],
                  [t.bulkEdits.at, formatMoment(edit.createdAt)],
                  [
                    t.bulkEdits.appliedBy,
                    edit.appliedAt && `${edit.appliedBy} ${formatMoment(edit.appliedAt)}`,
                  ],
                  [t.bulkEdits.undoneBy, edit.undoneAt && `${edit.undoneBy} ${formatMoment(edit.undoneAt)}`],
                ]}
              />
              <Acts edit={edit} />
            </div>
          </Section>
          <Section title={t.desk.entries}>
            <Lines edit={edit} />
          </Section>
        </Page>
      )}
    </Await>
  )
}
