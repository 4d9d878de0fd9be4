import type { Entry } from '@tiaoli/contract/catalogue'
import { useState } from 'react'
import type { PortalWords } from '../../text/parts.ts'
import { usePortalText } from '../../text/use-text.ts'
import { Button } from '../controls/button.tsx'
import { Input } from '../controls/inputs.tsx'
import { Select } from '../field.tsx'
import { boxFieldOf, boxOf } from './box-filter.ts'
import styles from './data-view.module.css'

const operators = ['eq', 'ne', 'contains', 'prefix', 'gte', 'lte', 'isnull', 'notnull'] as const
const ofGeometry = ['within', 'isnull', 'notnull'] as const
const ofBox = ['within'] as const
type Operator = (typeof operators)[number] | 'within'
const withoutValue = new Set<Operator>(['isnull', 'notnull'])

type Props = { fields: Entry['fields']; where: readonly string[]; onChange: (where: string[]) => void }

/** Conditions on the rows, added one at a time and each removable. */
export function Filters({ fields, where, onChange }: Props) {
  const { t } = usePortalText()
  const [field, setField] = useState('')
  const [chosen, setChosen] = useState<Operator>('eq')
  const [value, setValue] = useState('')
  const box = boxFieldOf(fields)
  const asked =
    field === box
      ? ofBox
      : fields.find(({ name }) => name === field)?.type === 'geometry'
        ? ofGeometry
        : operators
  const operator = (asked as readonly Operator[]).includes(chosen) ? chosen : asked[0]
  const ready =
    field !== '' &&
    (withoutValue.has(operator) || (operator === 'within' ? boxOf(value) !== null : value.trim() !== ''))

  function add(event: React.FormEvent) {
    event.preventDefault()
    if (!ready) return
    const stated = withoutValue.has(operator) ? '' : operator === 'within' ? boxOf(value) : value.trim()
    onChange([...where, `${field}:${operator}:${stated}`])
    setValue('')
  }

  return (
    <div className="stack" style={{ '--gap': '8px' } as React.CSSProperties}>
      <form className={`${styles.filters} no-print`} aria-label={t.data.filter} onSubmit={add}>
        <Select
          small
          aria-label={t.data.filterField}
          value={field}
          onChange={setField}
          placeholder={t.data.filterField}
          options={[
            ...fields.map(({ name }) => ({ value: name, label: name })),
            ...(box === null ? [] : [{ value: box, label: t.data.boxOf(box) }]),
          ]}
        />
        <Select
          small
          aria-label={t.data.filterOperator}
          value={operator}
          onChange={(next) => setChosen(next as Operator)}
          options={asked.map((key) => ({ value: key, label: t.data.operators[key] }))}
        />
        {!withoutValue.has(operator) && (
          <Input
            small
            aria-label={t.data.filterValue}
            value={value}
            placeholder={operator === 'within' ? t.data.boxValue : t.data.filterValue}
            onChange={(event) => setValue(event.target.value)}
          />
        )}
        <Button small type="submit" disabled={!ready}>
          {t.data.addFilter}
        </Button>
      </form>
      {where.length > 0 && (
        <p className="only-print">
          {t.looking.conditions(
            where.map((condition) => conditionWords(condition, t)).join(t.common.listSeparator),
          )}
        </p>
      )}
      {where.length > 0 && (
        <ul className="row no-print" aria-label={t.data.filtersSet}>
          {where.map((condition) => (
            <li key={condition}>
              <Button small onClick={() => onChange(where.filter((other) => other !== condition))}>
                {conditionWords(condition, t)} <span aria-hidden="true">×</span>
                <span className="visually-hidden">{t.data.removeFilter}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** A condition as it is said: `泊位:gte:20` → 泊位 不小于 20. */
export function conditionWords(condition: string, t: PortalWords): string {
  const [name = '', key = '', ...rest] = condition.split(':')
  if (key === 'within') return `${name} ${t.data.operators.within} ${rest.join(':').replaceAll('|', ', ')}`
  return [name, t.data.operators[key as Operator] ?? key, rest.join(':')].filter(Boolean).join(' ')
}
