import { Suspense } from 'react'
import { useParams } from 'react-router'
import { EntryHead } from '../../../kit/entry-head.tsx'
import { Follow } from '../../../kit/follow.tsx'
import { LinkButton } from '../../../kit/link-button.tsx'
import { Near } from '../../../kit/near.tsx'
import { OpeningGrounds } from '../../../kit/opening-grounds.tsx'
import { Section } from '../../../kit/page.tsx'
import { ResultsOfEntry } from '../../../kit/results-of-entry.tsx'
import { useRulebook } from '../../../kit/rulebook.ts'
import { Await, Loading } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'
import { useEntry } from '../catalogue.queries.ts'
import { About } from '../parts/about.tsx'
import { Access } from '../parts/access.tsx'
import { Citation } from '../parts/citation.tsx'
import { Explanation } from '../parts/explanation.tsx'
import { FieldsTable } from '../parts/fields-table.tsx'
import { Cataloguing } from '../parts/later.ts'
import { MachineReadable } from '../parts/machine-readable.tsx'
import { Matters } from '../parts/matters.tsx'
import { Quality } from '../parts/quality.tsx'
import { Snapshots } from '../parts/snapshots.tsx'
import { Standing } from '../parts/standing.tsx'
import { Versions } from '../parts/versions.tsx'
import styles from './entry-page.module.css'

export default function EntryPage() {
  const { t } = useText()
  const { entryId = '' } = useParams()
  const { data: rulebook } = useRulebook()
  return (
    <Await reading={useEntry(entryId)} lines={12}>
      {(entry) => (
        <div className={styles.entry}>
          <EntryHead
            entry={entry}
            actions={
              (entry.editable || entry.uploadable || entry.status === 'published') && (
                <>
                  {entry.status === 'published' && (
                    <Follow target={{ entryId: entry.id }} provider={entry.provider.id} />
                  )}
                  {entry.editable && (
                    <LinkButton to={`/desk/entries/${entry.id}/edit`}>{t.entry.edit}</LinkButton>
                  )}
                  {entry.uploadable && (
                    <LinkButton primary to={`/desk/entries/${entry.id}/upload`}>
                      {t.entry.upload}
                    </LinkButton>
                  )}
                </>
              )
            }
          />
          {entry.catalogueCase && (
            <Suspense fallback={<Loading lines={4} />}>
              <Cataloguing entry={entry} found={entry.catalogueCase} />
            </Suspense>
          )}
          <Section title={t.entry.about}>
            <About entry={entry} />
          </Section>
          <Section title={t.entry.fields} note={t.entry.fieldCount(entry.fields.length)}>
            <FieldsTable entry={entry} />
          </Section>
          <Access entry={entry} />
          <Near lines={30}>
            <OpeningGrounds entry={entry} />
            {entry.quality && (
              <Section title={t.entry.quality} id="quality">
                <Quality quality={entry.quality} />
              </Section>
            )}
            {entry.snapshot && (
              <Section title={t.entry.snapshots} note={t.entry.snapshotsHelp}>
                <Snapshots entryId={entry.id} />
              </Section>
            )}
            {entry.status === 'published' && <Matters entryId={entry.id} />}
            {entry.publishedAt && (
              <>
                <Section title={t.compilation.standing} id="standing">
                  <Standing entryId={entry.id} />
                </Section>
                <Section title={t.compilation.versions} id="versions">
                  <Versions entryId={entry.id} />
                </Section>
              </>
            )}
            {rulebook?.assurance.explanations && entry.publishedAt && <Explanation entryId={entry.id} />}
            <Section title={t.entry.cite}>
              <Citation citation={entry.citation} />
            </Section>
            {entry.status === 'published' && (
              <Section title={t.entry.machineReadable}>
                <MachineReadable entryId={entry.id} hasData={entry.snapshot !== null} />
              </Section>
            )}
            <ResultsOfEntry entryId={entry.id} />
          </Near>
        </div>
      )}
    </Await>
  )
}
