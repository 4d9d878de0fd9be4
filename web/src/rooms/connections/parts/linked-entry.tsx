import type { SourceSystem } from '@tiaoli/contract/connections'
import { Link } from 'react-router'
import { Button } from '../../../kit/controls/button.tsx'
import { formatMoment, formatNumber } from '../../../kit/formats.ts'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useLoadEntry } from '../connections.queries.ts'

type Props = { systemId: string; entry: SourceSystem['entries'][number]; own: boolean }

/** An entry of a system: where its rows lie, what was counted there, and reading them in. */
export function LinkedEntry({ systemId, entry, own }: Props) {
  const { t, language } = useDeskText()
  const load = useLoadEntry()
  const { entryId, title, atSource, table, measured, stale } = entry
  const rows = measured?.rows === null || measured === null ? null : formatNumber(measured.rows, language)
  return (
    <div className="stack">
      <p>
        <Link to={`/entries/${entryId}`}>{title}</Link>{' '}
        <span className="quiet">{atSource ? t.sources.atSource : t.sources.linked}</span>{' '}
        {stale && <strong>{t.sources.entryStale}</strong>}
      </p>
      {table && (
        <p className="quiet">
          <span className="mono">{table.schema === null ? table.name : `${table.schema}.${table.name}`}</span>{' '}
          {measured?.failure ? (
            <strong>{t.sources.failures[measured.failure]}</strong>
          ) : (
            rows !== null &&
            t.sources.counted(rows, measured?.changedAt ? formatMoment(measured.changedAt) : '')
          )}
        </p>
      )}
      {own && table && !atSource && (
        <div className="row">
          <Button small busy={load.isPending} onClick={() => load.mutate({ params: { systemId, entryId } })}>
            {t.sources.load}
          </Button>
          {load.data && <Link to={`/desk/batches/${load.data.batchId}`}>{t.sources.toBatch}</Link>}
        </div>
      )}
      {load.error && <Failure error={load.error} />}
    </div>
  )
}
