import { urlOf } from '@tiaoli/contract/client'
import { downloadRows } from '@tiaoli/contract/gateway'
import type { Text } from '@tiaoli/kernel/text'
import { useText } from '../../text/use-text.ts'
import { ArticleChip } from '../article-chip.tsx'
import { useRulebook } from '../rulebook.ts'
import { ProvenDownload } from './proven-download.tsx'
import type { Use } from './use.types.ts'

const formats = ['csv', 'xlsx', 'json', 'parquet'] as const

/** The same query as files. */
export function Exports({
  entryId,
  use,
  where,
  citation,
}: {
  entryId: string
  use: Use
  where: readonly string[]
  /** How the source is named; null where what is taken is not opened to everybody. */
  citation: Text | null
}) {
  const { t, say } = useText()
  const { data: rulebook } = useRulebook()
  return (
    <div className="stack" style={{ '--gap': '4px' } as React.CSSProperties}>
      <p className="row" style={{ '--gap': '4px 14px' } as React.CSSProperties}>
        <span className="quiet">{where.length > 0 ? t.data.downloadFiltered : t.data.download}</span>
        {formats.map((format) => (
          <a key={format} href={urlOf(downloadRows, { entryId }, { ...use, where, format })} download>
            {t.data.formats[format]}
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
