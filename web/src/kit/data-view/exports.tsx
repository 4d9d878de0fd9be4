import { urlOf } from '@tiaoli/contract/client'
import { downloadRows } from '@tiaoli/contract/gateway'
import type { Text } from '@tiaoli/kernel/text'
import { usePortalText } from '../../text/use-text.ts'
import { ArticleChip } from '../article-chip.tsx'
import { useRulebook } from '../rulebook.ts'
import { ProvenDownload } from './proven-download.tsx'
import type { Use } from './use.types.ts'

/** CSV twice: older programs here read GB 18030 alone. */
const formats = [
  { key: 'csv', query: { format: 'csv' } },
  { key: 'gb18030', query: { format: 'csv', encoding: 'gb18030' } },
  { key: 'xlsx', query: { format: 'xlsx' } },
  { key: 'json', query: { format: 'json' } },
  { key: 'geojson', query: { format: 'geojson' } },
  { key: 'parquet', query: { format: 'parquet' } },
] as const

/** The same query as files. */
export function Exports({
  entryId,
  use,
  where,
  placed,
  citation,
}: {
  entryId: string
  use: Use
  where: readonly string[]
  /** Whether the rows lie somewhere. */
  placed: boolean
  /** How the source is named; null where what is taken is not opened to everybody. */
  citation: Text | null
}) {
  const { t, say } = usePortalText()
  const { data: rulebook } = useRulebook()
  return (
    <div className="stack" style={{ '--gap': '4px' } as React.CSSProperties}>
      <p className="row no-print" style={{ '--gap': '4px 14px' } as React.CSSProperties}>
        <span className="quiet">{where.length > 0 ? t.data.downloadFiltered : t.data.download}</span>
        {formats
          .filter(({ key }) => key !== 'geojson' || placed)
          .map(({ key, query }) => (
            <a key={key} href={urlOf(downloadRows, { entryId }, { ...use, where, ...query })} download>
              {t.data.formats[key]}
            </a>
          ))}
        {rulebook?.assurance.proofs && <ProvenDownload entryId={entryId} use={use} where={where} />}
      </p>
      {citation && (
        <p className="quiet small" data-testid="cite-with-download">
          {t.data.citeAs} {say(citation)}{' '}
          {rulebook?.assurance.citation && <ArticleChip article={rulebook.assurance.citation} />}
        </p>
      )}
    </div>
  )
}
