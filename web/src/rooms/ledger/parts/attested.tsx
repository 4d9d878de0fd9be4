import type { AttestationView } from '@tiaoli/contract/attestation'
import { formatMoment, formatNumber } from '../../../kit/formats.ts'
import { Table } from '../../../kit/table.tsx'
import { usePortalText } from '../../../text/use-text.ts'

type Log = AttestationView['logs'][number]

/** Which logs there are, under which keys, and who outside the platform has cosigned them. */
export function Attested({ logs, index, witnesses }: AttestationView) {
  const { t, language } = usePortalText()
  return (
    <div className="stack">
      <Table
        caption={t.verify.logs}
        rows={logs}
        rowKey={(log) => log.path}
        columns={[
          { key: 'origin', title: t.verify.origin, cell: (log) => <code>{log.origin}</code> },
          {
            key: 'cryptography',
            title: t.verify.cryptography,
            width: 'unbroken',
            cell: (log) => t.verify.algorithms[log.algorithm],
          },
          {
            key: 'size',
            title: t.verify.size,
            numeric: true,
            cell: (log) => formatNumber(log.size, language),
          },
          { key: 'witnessed', title: t.verify.witnessed, width: 'roomy', cell: witnessedBy },
        ]}
      />
      <p className="measure">
        {logs.some(({ algorithm }) => algorithm === 'sm3') ? t.verify.sm2On : t.verify.sm2Off}
      </p>
      <p className="measure">
        {index.number === null || index.on === null
          ? t.verify.noIndex
          : t.verify.indexed(formatNumber(index.number, language), index.on)}
      </p>
    </div>
  )

  function witnessedBy({ witnessed, algorithm }: Log) {
    if (algorithm === 'sm3') return t.verify.notAsked
    if (witnesses.length === 0) return t.verify.noWitness
    if (witnessed === null || witnessed.by.length === 0) return t.verify.notYet
    return (
      <ul>
        {witnessed.by.map(({ name, at }) => (
          <li key={name}>
            <code>{name}</code>
            <br />
            {t.verify.firstOf(formatNumber(witnessed.size, language), formatMoment(at))}
          </li>
        ))}
      </ul>
    )
  }
}
