import { type CasePapers, getCaseAttachment, getCaseFile } from '@tiaoli/contract/casefiles'
import { urlOf } from '@tiaoli/contract/client'
import { ButtonLink } from '../../../kit/controls/button.tsx'
import { formatBytes, formatMoment } from '../../../kit/formats.ts'
import { Section } from '../../../kit/page.tsx'
import { partyName } from '../../../kit/party-name.ts'
import { Await } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { usePapers } from '../cases.queries.ts'
import { AddPapers } from './add-papers.tsx'
import styles from './papers.module.css'

/** The whole case as a PDF, in the reader's language. */
export function CaseFileLink({ caseId }: { caseId: string }) {
  const { t, language } = useDeskText()
  return (
    <ButtonLink href={urlOf(getCaseFile, { caseId }, { language })} download>
      {t.papers.file}
    </ButtonLink>
  )
}

/** What was attached to the case and said about it, and who can read each. */
export function Papers({ caseId }: { caseId: string }) {
  const { t } = useDeskText()
  return (
    <Section title={t.papers.title} note={t.papers.note}>
      <Await reading={usePapers(caseId)} lines={3}>
        {(papers) => (
          <div className="stack">
            <Attached caseId={caseId} attachments={papers.attachments} />
            <Said comments={papers.comments} />
            {papers.attachments.length + papers.comments.length === 0 && (
              <p className="quiet">{t.papers.none}</p>
            )}
            {papers.canAdd && <AddPapers caseId={caseId} />}
          </div>
        )}
      </Await>
    </Section>
  )
}

function Attached({ caseId, attachments }: { caseId: string; attachments: CasePapers['attachments'] }) {
  const { t, say } = useDeskText()
  if (attachments.length === 0) return null
  return (
    <ul className={styles.papers} aria-label={t.papers.attachments}>
      {attachments.map(({ id, fileName, sizeBytes, note, by, at, audience, sha256 }) => (
        <li key={id}>
          <p>
            <a href={urlOf(getCaseAttachment, { caseId, attachmentId: id })} download>
              {fileName}
            </a>{' '}
            <span className="quiet small">{formatBytes(sizeBytes)}</span>
          </p>
          {note && <p>{note}</p>}
          <p className="quiet small">
            {[partyName(by, say), formatMoment(at), t.papers.audiences[audience]].join(' · ')}{' '}
            <code title={sha256}>{sha256.slice(0, 12)}…</code>
          </p>
        </li>
      ))}
    </ul>
  )
}

function Said({ comments }: { comments: CasePapers['comments'] }) {
  const { t, say } = useDeskText()
  if (comments.length === 0) return null
  return (
    <ul className={styles.papers} aria-label={t.papers.comments}>
      {comments.map(({ id, body, by, at, audience }) => (
        <li key={id} data-audience={audience}>
          <p className={styles.words}>{body}</p>
          <p className="quiet small">
            {[partyName(by, say), formatMoment(at), t.papers.audiences[audience]].join(' · ')}
          </p>
        </li>
      ))}
    </ul>
  )
}
