import { mostRowConditions, type RowOperator, rowOperatorsOf, rowValuesOf } from '@tiaoli/kernel/row-filters'
import { usePortalText } from '../../text/use-text.ts'
import { AskedLine } from '../asked-line.tsx'
import { Button } from '../controls/button.tsx'
import { Input } from '../controls/inputs.tsx'
import { Field, Select } from '../field.tsx'
import styles from './act-form.module.css'
import type { StatedCondition } from './check-content.ts'
import type { ChoosableField } from './fields-control.tsx'

const fresh: StatedCondition = { field: '', operator: 'eq', values: [''] }

/** Says which rows are meant, by values of fields; with no condition all of them are. */
export function RowsControl(props: {
  id: string
  fields: readonly ChoosableField[]
  value: readonly StatedCondition[]
  onChange: (conditions: readonly StatedCondition[]) => void
}) {
  const { t } = usePortalText()
  const { id, fields, value, onChange } = props
  const replace = (at: number, condition: StatedCondition) =>
    onChange(value.map((each, place) => (place === at ? condition : each)))
  return (
    <div className={styles.rows}>
      {value.length === 0 && <p className="quiet small">{t.form.rows.all}</p>}
      <ol>
        {value.map((condition, at) => (
          // Conditions have no identity but their place.
          <li key={at}>
            <Condition
              id={`${id}-${at}`}
              number={at + 1}
              fields={fields}
              condition={condition}
              onChange={(changed) => replace(at, changed)}
              onRemove={() => onChange(value.filter((_, place) => place !== at))}
            />
          </li>
        ))}
      </ol>
      <Button
        small
        disabled={fields.length === 0 || value.length >= mostRowConditions}
        onClick={() => onChange([...value, fresh])}
      >
        {t.form.rows.add}
      </Button>
    </div>
  )
}

function Condition(props: {
  id: string
  number: number
  fields: readonly ChoosableField[]
  condition: StatedCondition
  onChange: (condition: StatedCondition) => void
  onRemove: () => void
}) {
  const { t } = usePortalText()
  const { id, number, fields, condition, onChange } = props
  const type = fields.find(({ name }) => name === condition.field)?.type ?? 'text'
  const operators = rowOperatorsOf(type)
  const withOperator = (operator: RowOperator, field = condition.field) =>
    onChange({ field, operator, values: valuesFor(operator, condition.values) })
  const chooseField = (field: string) => {
    const offered = rowOperatorsOf(fields.find(({ name }) => name === field)?.type ?? 'text')
    withOperator(offered.includes(condition.operator) ? condition.operator : offered[0]!, field)
  }
  const several = condition.operator === 'in'
  return (
    <div className={styles.condition}>
      <Field id={`${id}-field`} label={t.form.rows.field(number)}>
        <Select
          id={`${id}-field`}
          value={condition.field}
          onChange={chooseField}
          placeholder={t.form.choose}
          options={fields.map(({ name }) => ({ value: name, label: name }))}
        />
      </Field>
      <Field id={`${id}-operator`} label={t.form.rows.operator(number)}>
        <Select
          id={`${id}-operator`}
          value={condition.operator}
          onChange={(operator) => withOperator(operator as RowOperator)}
          options={operators.map((operator) => ({ value: operator, label: t.form.rows.operators[operator] }))}
        />
      </Field>
      {several ? (
        <AskedLine
          id={`${id}-value`}
          label={t.form.rows.values(number)}
          value={condition.values.join('、')}
          onChange={(value) => onChange({ ...condition, values: value.split(/[、,，]/) })}
        />
      ) : (
        condition.values.map((value, place) => (
          <Field key={place} id={`${id}-value-${place}`} label={t.form.rows.value(number, place)}>
            <ValueInput
              id={`${id}-value-${place}`}
              type={type}
              value={value}
              onChange={(changed) =>
                onChange({
                  ...condition,
                  values: condition.values.map((each, at) => (at === place ? changed : each)),
                })
              }
            />
          </Field>
        ))
      )}
      <Button small onClick={props.onRemove} aria-label={t.form.rows.remove(number)}>
        {t.form.rows.removeShort}
      </Button>
    </div>
  )
}

/** A value as its field is kept: days from a calendar, yes and no from a list, all else as it is written. */
function ValueInput(props: { id: string; type: string; value: string; onChange: (value: string) => void }) {
  const { t } = usePortalText()
  const { id, type, value, onChange } = props
  if (type === 'boolean')
    return (
      <Select
        id={id}
        value={value}
        onChange={onChange}
        placeholder={t.form.choose}
        options={[
          { value: 'true', label: t.form.rows.yes },
          { value: 'false', label: t.form.rows.no },
        ]}
      />
    )
  const day = type === 'date' || type === 'instant'
  return (
    <Input
      id={id}
      type={day ? 'date' : 'text'}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

/** As many values as the operator takes, those that were written kept. */
function valuesFor(operator: RowOperator, values: readonly string[]): string[] {
  const [least] = rowValuesOf(operator)
  if (operator === 'in') return values.length === 0 ? [''] : [...values]
  return Array.from({ length: least }, (_, place) => values[place] ?? '')
}
