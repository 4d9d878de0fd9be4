import type { Entry } from '@tiaoli/contract/catalogue'
import { getRow } from '@tiaoli/contract/gateway'
import { usePortalText } from '../../../text/use-text.ts'
import { useRoute } from '../../api.ts'
import { Failure } from '../../states.tsx'
import type { Use } from '../use.types.ts'
import { RowDetail } from './row-detail.tsx'

/** The row of a place on a map, read when it is asked for. */
export function PickedRow(props: { entry: Entry; use: Use; rowKey: string; onClose: () => void }) {
  const { t } = usePortalText()
  const { entry, use, rowKey, onClose } = props
  const reading = useRoute(getRow, { params: { entryId: entry.id, key: rowKey }, query: { ...use } })
  if (reading.error) return <Failure error={reading.error} retry={() => void reading.refetch()} />
  if (reading.data === undefined) return null
  const { row } = reading.data
  const typeOf = (name: string) => entry.fields.find((field) => field.name === name)?.type ?? 'text'
  return (
    <RowDetail
      row={row}
      title={t.looking.rowOf(rowKey.replaceAll('~', ' '))}
      columns={Object.keys(row).map((name) => ({ name, type: typeOf(name) }))}
      onClose={onClose}
    />
  )
}
