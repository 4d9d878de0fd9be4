import { urlOf } from '@tiaoli/contract/client'
import { downloadRows } from '@tiaoli/contract/gateway'
import { useText } from '../../text/use-text.ts'
import { useRulebook } from '../rulebook.ts'
import { ProvenDownload } from './proven-download.tsx'
import type { Use } from './use.types.ts'

const formats = ['csv', 'xlsx', 'json', 'parquet'] as const

/** The same query as files. */
export function Exports({ entryId, use, where }: { entryId: string; use: Use; where: readonly string[] }) {
  const { t } = useText()
  const { data: rulebook } = useRulebook()
  return (
    <p className="row" style={{ '--gap': '4px 14px' } as React.CSSProperties}>
      <span className="quiet">{where.length > 0 ? t.data.downloadFiltered : t.data.download}</span>
      {formats.map((format) => (
        <a key={format} href={urlOf(downloadRows, { entryId }, { ...use, where, format })} download>
          {t.data.formats[format]}
        </a>
      ))}
      {rulebook?.assurance.proofs && <ProvenDownload entryId={entryId} use={use} where={where} />}
    </p>
  )
}
