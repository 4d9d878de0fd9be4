import { type EntryField, fieldTypes, sensitivities } from '@tiaoli/contract/catalogue'
import { Button } from '../../../../kit/controls/button.tsx'
import { Checkbox } from '../../../../kit/controls/checkbox.tsx'
import { Input } from '../../../../kit/controls/inputs.tsx'
import { Select } from '../../../../kit/field.tsx'
import { Table } from '../../../../kit/table.tsx'
import { useDeskText } from '../../../../text/use-text.ts'
import { newField, type PartProps } from './draft.ts'
import styles from './editor.module.css'
import { PasteFields } from './paste-fields.tsx'

/** The information items of an entry, one a line: added, removed, moved, or pasted from a sheet. */
export function FieldsPart({ draft, change }: PartProps) {
  const { t } = useDeskText()
  const { fields } = draft
  const set = (index: number, part: Partial<EntryField>) =>
    change({ fields: fields.map((field, at) => (at === index ? { ...field, ...part } : field)) })
  const move = (index: number, by: number) => {
    const next = [...fields]
    const [moved] = next.splice(index, 1)
    if (moved) next.splice(index + by, 0, moved)
    change({ fields: next })
  }
  const named = (index: number) => fields[index]?.name || t.editor.fieldNumber(index + 1)
  const rows = fields.map((field, index) => ({ field, index }))
  return (
    <div className="stack">
      {fields.length > 0 && (
        <Table
          caption={t.entry.fields}
          rows={rows}
          rowKey={({ index }) => String(index)}
          columns={[
            {
              key: 'name',
              title: t.fields.name,
              cell: ({ field, index }) => (
                <Input
                  small
                  className={styles.cell}
                  aria-label={t.editor.of(t.fields.name, t.editor.fieldNumber(index + 1))}
                  value={field.name}
                  maxLength={100}
                  onChange={(event) => set(index, { name: event.target.value })}
                />
              ),
            },
            {
              key: 'type',
              title: t.fields.type,
              cell: ({ field, index }) => (
                <Select
                  small
                  aria-label={t.editor.of(t.fields.type, named(index))}
                  value={field.type}
                  options={fieldTypes.map((value) => ({ value, label: t.types[value] }))}
                  onChange={(type) => set(index, { type: type as EntryField['type'] })}
                />
              ),
            },
            {
              key: 'meaning',
              title: t.fields.meaning,
              cell: ({ field, index }) => (
                <Input
                  small
                  className={`${styles.cell} ${styles.wide}`}
                  aria-label={t.editor.of(t.fields.meaning, named(index))}
                  value={field.meaning}
                  maxLength={500}
                  onChange={(event) => set(index, { meaning: event.target.value })}
                />
              ),
            },
            {
              key: 'sensitivity',
              title: t.fields.sensitivity,
              cell: ({ field, index }) => (
                <Select
                  small
                  aria-label={t.editor.of(t.fields.sensitivity, named(index))}
                  value={field.sensitivity}
                  options={sensitivities.map((value) => ({ value, label: t.sensitivities[value] }))}
                  onChange={(value) => set(index, { sensitivity: value as EntryField['sensitivity'] })}
                />
              ),
            },
            { key: 'key', title: t.fields.key, cell: ({ field, index }) => box(index, field, 'key') },
            {
              key: 'required',
              title: t.fields.required,
              cell: ({ field, index }) => box(index, field, 'required'),
            },
            { key: 'acts', title: t.keys.acts, cell: ({ index }) => acts(index) },
          ]}
        />
      )}
      <div className="row">
        <Button onClick={() => change({ fields: [...fields, newField] })}>{t.editor.addField}</Button>
      </div>
      <PasteFields onPaste={(pasted) => change({ fields: [...fields, ...pasted] })} />
    </div>
  )

  function box(index: number, field: EntryField, part: 'key' | 'required') {
    return (
      <Checkbox
        aria-label={t.editor.of(t.fields[part], named(index))}
        checked={field[part]}
        onChange={(event) => set(index, { [part]: event.target.checked })}
      />
    )
  }

  function acts(index: number) {
    return (
      <span className={styles.rowActs}>
        <Button
          small
          disabled={index === 0}
          aria-label={t.editor.moveUp(named(index))}
          onClick={() => move(index, -1)}
        >
          ↑
        </Button>
        <Button
          small
          disabled={index === fields.length - 1}
          aria-label={t.editor.moveDown(named(index))}
          onClick={() => move(index, 1)}
        >
          ↓
        </Button>
        <Button
          small
          aria-label={t.editor.remove(named(index))}
          onClick={() => change({ fields: fields.filter((_, at) => at !== index) })}
        >
          ×
        </Button>
      </span>
    )
  }
}
