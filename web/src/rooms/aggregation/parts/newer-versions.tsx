import type { Batch } from '@tiaoli/contract/aggregation'
import { Link } from 'react-router'
import { Checkbox } from '../../../kit/controls/checkbox.tsx'
import { formatMoment, formatNumber } from '../../../kit/formats.ts'
import { Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'

/** Versions that came while the run waits, what accepting it does to them, and whether the steward means that. */
export function NewerVersions(props: {
  newer: NonNullable<Batch['newer']>
  entryId: string
  seen: boolean
  onSeen: (seen: boolean) => void
}) {
  const { t, say, language } = useDeskText()
  const { newest, count, versions, effect } = props.newer
  const more = count - versions.length
  return (
    <div className="stack" data-testid="newer-versions">
      <h3>{t.versions.newer}</h3>
      <p>{t.versions.newerCame(count)}</p>
      <Table
        caption={t.versions.newer}
        rows={versions}
        rowKey={({ number }) => String(number)}
        columns={[
          {
            key: 'number',
            title: t.versions.number,
            cell: ({ number }) => (
              <Link to={`/entries/${props.entryId}/snapshots/${number}`}>
                {number === newest ? `${number} · ${t.versions.liveNow}` : number}
              </Link>
            ),
          },
          { key: 'at', title: t.entry.liveAt, cell: ({ liveAt }) => formatMoment(liveAt) },
          {
            key: 'mode',
            title: t.versions.mode,
            cell: ({ mode }) => (mode === 'restore' ? t.versions.restored : t.versions.modes[mode]),
          },
          {
            key: 'rows',
            title: t.entry.rows,
            numeric: true,
            cell: ({ rows }) => formatNumber(rows, language),
          },
        ]}
      />
      {more > 0 && <p className="quiet small">{t.versions.newerMore(more)}</p>}
      <p>{say(effect)}</p>
      <Checkbox checked={props.seen} onChange={(event) => props.onSeen(event.target.checked)}>
        {t.versions.newerSeen(newest)}
      </Checkbox>
    </div>
  )
}
