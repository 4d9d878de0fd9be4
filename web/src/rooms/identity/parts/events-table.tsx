import type { AccountEventView } from '@tiaoli/contract/account'
import { formatMoment } from '../../../kit/formats.ts'
import { ReceiptLink } from '../../../kit/receipt-link.tsx'
import { type Column, Table } from '../../../kit/table.tsx'
import { useDeskText } from '../../../text/use-text.ts'

/** What happened to accounts, newest first; whose it was is shown to overseers. */
export function EventsTable({
  caption,
  events,
  withPerson = false,
  mayProve,
}: {
  caption: string
  events: readonly AccountEventView[]
  withPerson?: boolean
  /** Whether the reader may have the receipt of the record. */
  mayProve: (event: AccountEventView) => boolean
}) {
  const { t } = useDeskText()
  const person: Column<AccountEventView> = {
    key: 'person',
    title: t.people.person,
    cell: (event) => event.person?.name ?? (event.kind === 'setting' ? '' : t.people.unknownName),
  }
  const powerWords: Readonly<Record<string, string>> = t.people.powers
  const named = (powers: unknown) =>
    (Array.isArray(powers) ? powers : [])
      .map((power) => powerWords[String(power)] ?? String(power))
      .join(t.common.listSeparator) || t.people.noPowers
  function detailsOf({ kind, details }: AccountEventView) {
    const { reasons, before, after } = details
    const change = kind === 'powers' ? `${named(before)} → ${named(after)}` : ''
    return [change, typeof reasons === 'string' ? reasons : ''].filter(Boolean).join(t.account.separator)
  }
  return (
    <Table
      caption={caption}
      rows={events}
      rowKey={({ id }) => id}
      columns={[
        { key: 'at', title: t.account.at, width: 'unbroken', cell: ({ at }) => formatMoment(at) },
        { key: 'what', title: t.account.what, width: 'unbroken', cell: ({ kind }) => t.account.kinds[kind] },
        ...(withPerson ? [person] : []),
        { key: 'by', title: t.account.by, cell: ({ by }) => by?.name ?? t.account.someone },
        { key: 'details', title: t.account.details, width: 'roomy', cell: detailsOf },
        {
          key: 'address',
          title: t.account.address,
          cell: ({ address, agent }) => <span title={agent ?? undefined}>{address}</span>,
        },
        {
          key: 'proof',
          title: t.account.proof,
          cell: (event) => mayProve(event) && <ReceiptLink recordId={event.recordId} />,
        },
      ]}
    />
  )
}
