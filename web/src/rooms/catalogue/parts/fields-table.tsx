import type { Entry } from '@tiaoli/contract/catalogue'
import { Empty } from '../../../kit/states.tsx'
import { Table } from '../../../kit/table.tsx'
import { useText } from '../../../text/use-text.ts'

export function FieldsTable({ entry }: { entry: Entry }) {
  const { t } = useText()
  if (entry.fields.length === 0) return <Empty title={t.entry.noFields} />
  return (
    <Table
      caption={t.entry.fields}
      rows={entry.fields}
      rowKey={(field) => field.name}
      columns={[
        {
          key: 'name',
          title: t.fields.name,
          cell: (field) => (
            <>
              <strong>{field.name}</strong>{' '}
              {field.key && <span className="quiet small">{t.fields.isKey}</span>}
            </>
          ),
        },
        { key: 'type', title: t.fields.type, cell: (field) => t.types[field.type] },
        { key: 'meaning', title: t.fields.meaning, cell: (field) => field.meaning },
        { key: 'unit', title: t.fields.unit, cell: (field) => field.unit },
        {
          key: 'sensitivity',
          title: t.fields.sensitivity,
          cell: (field) => t.sensitivities[field.sensitivity],
        },
      ]}
    />
  )
}
