import type { HarvestRun } from '@tiaoli/contract/harvesting'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Facts } from '../../../kit/facts.tsx'
import { formatNumber } from '../../../kit/formats.ts'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { RunState } from './run-state.tsx'

const shown = ['read', 'added', 'changed', 'differing', 'withdrawn', 'same', 'without'] as const

/** What a run did, or would have done, and how both catalogues compare. */
export function RunReport({ run }: { run: HarvestRun }) {
  const { t, say, language } = useDeskText()
  const { counts, examples, parity } = run
  const wrote = run.mode === 'real' && counts.added + counts.changed > 0
  const kinds = (['added', 'changed', 'withdrawn'] as const).filter((kind) => examples[kind].length > 0)
  return (
    <div className="stack">
      <p role="status">
        <RunState run={run} />
        {(run.state === 'failed' || run.state === 'held-back') &&
          ` ${wrote ? t.harvesting.writtenStays : t.harvesting.nothingChanged}`}
      </p>
      {run.refusal && (
        <p>
          {[run.refusal.condition, run.refusal.remedy]
            .map((each) => each && say(each))
            .join(t.harvesting.stop)}{' '}
          {run.refusal.article && <ArticleChip article={run.refusal.article} />}
        </p>
      )}
      <Facts
        beside
        facts={[
          ...shown.map((key) => [t.harvesting.counts[key], formatNumber(counts[key], language)] as const),
          [t.harvesting.failedAt, run.failedAt],
        ]}
      />
      {kinds.length > 0 && (
        <details>
          <summary>{t.harvesting.examples}</summary>
          {kinds.map((kind) => (
            <div key={kind}>
              <h3>{t.harvesting.counts[kind]}</h3>
              <ul>
                {examples[kind].map(({ remoteId, title }) => (
                  <li key={remoteId}>{title}</li>
                ))}
              </ul>
            </div>
          ))}
        </details>
      )}
      {parity.groups.length > 0 && (
        <details>
          <summary>{t.harvesting.parity}</summary>
          <div className="stack">
            <p className="quiet small">{t.harvesting.parityNote}</p>
            <Table
              caption={t.harvesting.parity}
              rows={parity.groups}
              rowKey={({ name }) => name}
              columns={[
                { key: 'group', title: t.harvesting.group, cell: ({ name }) => name || t.harvesting.noGroup },
                {
                  key: 'remote',
                  title: t.harvesting.remote,
                  numeric: true,
                  cell: ({ remote }) => formatNumber(remote, language),
                },
                {
                  key: 'here',
                  title: t.harvesting.here,
                  numeric: true,
                  cell: ({ here }) => formatNumber(here, language),
                },
              ]}
            />
            {parity.lost.length > 0 && (
              <>
                <h3>{t.harvesting.lost}</h3>
                <ul>
                  {parity.lost.map(({ part, entries }) => (
                    <li key={part}>
                      {t.harvesting.lostOf(t.harvesting.lostParts[part], formatNumber(entries, language))}
                    </li>
                  ))}
                </ul>
              </>
            )}
          </div>
        </details>
      )}
      {parity.without.length > 0 && (
        <details>
          <summary>{t.harvesting.without}</summary>
          <Table
            caption={t.harvesting.without}
            rows={parity.without}
            rowKey={({ remoteId }, index) => `${remoteId} ${index}`}
            columns={[
              { key: 'title', title: t.harvesting.name, cell: ({ title, remoteId }) => title || remoteId },
              {
                key: 'reason',
                title: t.harvesting.reason,
                cell: ({ reason, detail }) =>
                  [t.harvesting.reasons[reason], detail].filter(Boolean).join(' · '),
              },
            ]}
          />
        </details>
      )}
    </div>
  )
}
