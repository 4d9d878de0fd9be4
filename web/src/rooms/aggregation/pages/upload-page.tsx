import type { BatchMode } from '@tiaoli/contract/aggregation'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { Page } from '../../../kit/page.tsx'
import { Await, Empty } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useBatchEntry } from '../aggregation.queries.ts'
import { ChooseMode } from '../parts/choose-mode.tsx'
import { DropFile } from '../parts/drop-file.tsx'
import { Scheduled } from '../parts/scheduled.tsx'
import { Streams } from '../parts/streams.tsx'
import { Timeliness } from '../parts/timeliness.tsx'

export default function UploadPage() {
  const { t } = useDeskText()
  const { entryId = '' } = useParams()
  const [mode, setMode] = useState<BatchMode>('replace')
  return (
    <Await reading={useBatchEntry(entryId)}>
      {(entry) => (
        <Page
          title={t.batch.uploadTo(entry.title)}
          above={<Link to={`/entries/${entry.id}`}>{t.apply.backToEntry}</Link>}
          lead={t.batch.uploadLead}
        >
          {entry.uploadable ? (
            <div className="stack">
              {entry.freshness && <Timeliness {...entry.freshness} />}
              <ChooseMode mode={mode} keyed={entry.fields.some(({ key }) => key)} onChange={setMode} />
              <DropFile entryId={entry.id} mode={mode} />
              <Scheduled entryId={entry.id} keyed={entry.fields.some(({ key }) => key)} />
              <Streams entryId={entry.id} keyed={entry.fields.some(({ key }) => key)} />
            </div>
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
