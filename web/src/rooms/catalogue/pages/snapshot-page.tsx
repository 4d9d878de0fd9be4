import type { SnapshotView } from '@tiaoli/contract/catalogue'
import { Link, useParams } from 'react-router'
import { Button } from '../../../kit/controls/button.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { formatBytes, formatMoment, formatNumber } from '../../../kit/formats.ts'
import { Page, Section } from '../../../kit/page.tsx'
import { ReceiptLink } from '../../../kit/receipt-link.tsx'
import { useSession } from '../../../kit/session.ts'
import { Await, Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useEntry } from '../catalogue.queries.ts'
import { Citation } from '../parts/citation.tsx'
import { Compare } from '../parts/compare.tsx'
import { Retention } from '../parts/retention.tsx'
import { VersionActs } from '../parts/version-acts.tsx'
import { useCite, useVersion } from '../versions.queries.ts'

/** One version of an entry's data, for good: what it is, how to cite it, what changed, and what keeps it. */
export default function SnapshotPage() {
  const { t } = useDeskText()
  const { entryId = '', number = '' } = useParams()
  const entry = useEntry(entryId)
  const title = entry.data?.title ?? ''
  return (
    <Await reading={useVersion(entryId, Number(number))}>
      {({ version, citation }) => (
        <Page
          title={t.versions.title(title, version.number)}
          above={<Link to={`/entries/${entryId}`}>{t.apply.backToEntry}</Link>}
          lead={t.versions.lead}
        >
          <Section title={t.versions.facts}>
            <VersionFacts version={version} />
          </Section>
          <Section title={t.versions.cite} note={t.versions.citeNote}>
            <div className="stack">
              <Citation citation={citation} />
              <KeepCited entryId={entryId} version={version} />
            </div>
          </Section>
          {version.destroyedAt === null && (
            <Section title={t.versions.diff} note={t.versions.diffNote}>
              <Compare entryId={entryId} version={version} />
            </Section>
          )}
          {entry.data?.uploadable && version.destroyedAt === null && (
            <Section title={t.versions.acts}>
              <VersionActs entryId={entryId} version={version} />
            </Section>
          )}
          <Section title={t.versions.retention}>
            <Retention entryId={entryId} own={entry.data?.uploadable === true} />
          </Section>
        </Page>
      )}
    </Await>
  )
}

function VersionFacts({ version }: { version: SnapshotView }) {
  const { t, language } = useDeskText()
  const { changes, mode, pinned, cited, destroyedAt } = version
  const number = (value: number) => formatNumber(value, language)
  return (
    <div className="stack">
      {destroyedAt && (
        <p>
          <strong>{t.versions.destroyed(formatMoment(destroyedAt))}</strong>{' '}
          {version.destructionRecord && <ReceiptLink recordId={version.destructionRecord} />}
        </p>
      )}
      <Facts
        facts={[
          [t.versions.number, `${version.number}${version.live ? ` · ${t.versions.liveNow}` : ''}`],
          [t.entry.liveAt, formatMoment(version.liveAt)],
          [t.versions.mode, mode === 'restore' ? t.versions.restored : t.versions.modes[mode]],
          [
            t.versions.kind,
            changes &&
              t.versions.changes(number(changes.added), number(changes.replaced), number(changes.removed)),
          ],
          [t.entry.rows, number(version.rows)],
          [t.batch.refusedRows, number(version.refusedRows)],
          [t.batch.fileName, version.fileName],
          [t.entry.size, formatBytes(version.sizeBytes)],
          ['SHA-256', <code key="hash">{version.sha256}</code>],
          [t.versions.kept, pinned ? t.versions.pinned(pinned.note) : cited && t.versions.cited],
          [t.common.receipts, version.recordId && <ReceiptLink key="record" recordId={version.recordId} />],
        ]}
      />
    </div>
  )
}

function KeepCited({ entryId, version }: { entryId: string; version: SnapshotView }) {
  const { t } = useDeskText()
  const session = useSession()
  const cite = useCite()
  if (version.cited || version.destroyedAt !== null || !session.data?.user) return null
  return (
    <div className="stack">
      <p className="quiet">{t.versions.keepCitedHelp}</p>
      <div>
        <Button
          busy={cite.isPending}
          onClick={() => cite.mutate({ params: { entryId, snapshotId: version.id } })}
        >
          {t.versions.keepCited}
        </Button>
      </div>
      {cite.error && <Failure error={cite.error} />}
    </div>
  )
}
