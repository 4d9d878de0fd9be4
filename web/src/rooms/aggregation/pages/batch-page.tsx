import type { Batch } from '@tiaoli/contract/aggregation'
import { Link, useParams } from 'react-router'
import { Button } from '../../../kit/controls/button.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { formatBytes, formatMoment } from '../../../kit/formats.ts'
import { IngestReport } from '../../../kit/ingest-report/ingest-report.tsx'
import { LinkButton } from '../../../kit/link-button.tsx'
import { Page, Section } from '../../../kit/page.tsx'
import { ProgressBar } from '../../../kit/progress-bar.tsx'
import { Await } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useBatch, useCancelBatch } from '../aggregation.queries.ts'
import { AcceptSchema } from '../parts/accept-schema.tsx'
import { HowRead } from '../parts/how-read.tsx'
import { PersonalFindings } from '../parts/personal-findings.tsx'
import { SchemaSuggestions } from '../parts/schema-suggestions.tsx'
import styles from './batch-page.module.css'

export default function BatchPage() {
  const { batchId = '' } = useParams()
  return (
    <Await reading={useBatch(batchId)} lines={8}>
      {(batch) => <Found batch={batch} />}
    </Await>
  )
}

function Found({ batch }: { batch: Batch }) {
  const { t, say } = useDeskText()
  const cancel = useCancelBatch()
  return (
    <Page
      title={t.batch.title(batch.entryTitle, batch.number)}
      above={<Link to={`/entries/${batch.entryId}`}>{batch.entryTitle}</Link>}
      actions={
        batch.acts.includes('cancel') && (
          <Button busy={cancel.isPending} onClick={() => cancel.mutate({ params: { batchId: batch.id } })}>
            {t.batch.cancel}
          </Button>
        )
      }
    >
      <Progress batch={batch} />
      {batch.personalFindings.length > 0 && <PersonalFindings findings={batch.personalFindings} />}
      {batch.state === 'awaiting-acceptance' && (
        <>
          <HowRead key={`${batch.encoding} ${batch.delimiter}`} batch={batch} />
          <AcceptSchema key={batch.id} batch={batch} />
        </>
      )}
      <SchemaSuggestions batch={batch} />
      {batch.state === 'live' && (
        <Section title={t.batch.result}>
          <div className="stack">
            <IngestReport batch={batch} />
            <div>
              <LinkButton primary to={`/entries/${batch.entryId}#data`}>
                {t.batch.lookAtData}
              </LinkButton>
            </div>
          </div>
        </Section>
      )}
      <Section title={t.batch.file}>
        <Facts
          facts={[
            [t.batch.fileName, batch.fileName],
            [t.versions.mode, t.versions.modes[batch.mode]],
            [t.batch.size, batch.sizeBytes === null ? null : formatBytes(batch.sizeBytes)],
            [t.batch.format, batch.format],
            [t.batch.encoding, batch.encoding],
            [t.batch.delimiter, batch.delimiter === '\t' ? t.batch.tab : batch.delimiter],
            ['SHA-256', batch.sha256 && <code key="hash">{batch.sha256}</code>],
            [t.batch.by, batch.createdBy],
            [t.batch.at, formatMoment(batch.createdAt)],
          ]}
        />
        {batch.leftOut.length > 0 && (
          <>
            <p>{t.batch.leftOut}</p>
            <ul>
              {batch.leftOut.map(({ name, causeText }) => (
                <li key={name}>{t.batch.leftOutFile(name, say(causeText))}</li>
              ))}
            </ul>
          </>
        )}
      </Section>
    </Page>
  )
}

/** Where the batch stands, with what is left to do while the platform works. */
function Progress({ batch }: { batch: Batch }) {
  const { t, say } = useDeskText()
  return (
    <section className={styles.state} data-state={batch.state} data-testid="batch-state" aria-live="polite">
      <p className={styles.title}>{t.batch.states[batch.state]}</p>
      <p>{t.batch.statesExplained[batch.state]}</p>
      {batch.waits && <p>{t.batch.waits(say(batch.waits))}</p>}
      {batch.progress && (
        <>
          <ProgressBar
            label={say(batch.progress.stageText)}
            fraction={batch.progress.fraction}
            {...(batch.progress.secondsLeft === null
              ? {}
              : { note: t.batch.secondsLeft(Math.ceil(batch.progress.secondsLeft)) })}
          />
          <p className="quiet small">{t.batch.mayLeave}</p>
        </>
      )}
      {batch.failure && (
        <>
          <p>{say(batch.failure.message)}</p>
          <p>
            <Link to={`/desk/entries/${batch.entryId}/upload`}>{t.batch.uploadAgain}</Link>
          </p>
        </>
      )}
    </section>
  )
}
