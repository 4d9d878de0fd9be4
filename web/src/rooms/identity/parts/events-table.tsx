import type { AccountEventView } from '@tiaoli/contract/account'
import { formatMoment } from '../../../kit/formats.ts'
import { ReceiptLink } from '../../../kit/receipt-link.tsx'
import { type Column, Table } from '../../../kit/table.tsx'
import { useText } from '../../../text/use-text.ts'

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
  const { t } = useText()
  const person: Column<AccountEventView> = {
    key: 'person',
    title: t.people.person,
    cell: (event) => event.person?.name ?? (event.kind === 'setting' ? '' : t.people.unknownName),
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
        { key: 'address', title: t.account.address, cell: ({ address }) => address },
        {
          key: 'proof',
          title: t.account.proof,
          cell: (event) => mayProve(event) && <ReceiptLink recordId={event.recordId} />,
        },
      ]}
    />
  )
}
