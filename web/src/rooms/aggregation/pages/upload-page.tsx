import { Link, useParams } from 'react-router'
import { Page } from '../../../kit/page.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'
import { useBatchEntry } from '../aggregation.queries.ts'
import { DropFile } from '../parts/drop-file.tsx'

export default function UploadPage() {
  const { t } = useText()
  const { entryId = '' } = useParams()
  return (
    <Await reading={useBatchEntry(entryId)}>
      {(entry) => (
        <Page
          title={t.batch.uploadTo(entry.title)}
          above={<Link to={`/entries/${entry.id}`}>{t.apply.backToEntry}</Link>}
          lead={t.batch.uploadLead}
        >
          {entry.uploadable ? (
            <DropFile entryId={entry.id} />
          ) : (
            <Empty
              title={t.batch.notUploadable}
              next={<Link to={`/entries/${entry.id}`}>{t.apply.backToEntry}</Link>}
            />
          )}
        </Page>
      )}
    </Await>
  )
}
