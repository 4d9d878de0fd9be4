import type { Text } from '@tiaoli/kernel/text'
import { usePortalText } from '../../text/use-text.ts'
import { Input } from '../controls/inputs.tsx'
import { Field, Select } from '../field.tsx'
import styles from './act-form.module.css'
import { type Basis, emptyBasis } from './check-content.ts'

/** A legal basis in its three parts: rank, instrument, article. Only ranks that the rulebook admits are offered. */
export function BasisControl(props: {
  id: string
  ranks: readonly { key: string; term: Text }[]
  value: Basis | undefined
  onChange: (basis: Basis) => void
}) {
  const { t, say } = usePortalText()
  const { id, ranks, onChange } = props
  const basis = props.value ?? emptyBasis
  const options = ranks.map(({ key, term }) => ({ value: key, label: say(term) }))
  return (
    <div className={styles.basis}>
      <Field id={`${id}-rank`} label={t.basis.rank}>
        <Select
          id={`${id}-rank`}
          options={options}
          value={basis.rank}
          onChange={(rank) => onChange({ ...basis, rank })}
          placeholder={t.form.choose}
        />
      </Field>
      <Field id={`${id}-instrument`} label={t.basis.instrument}>
        <Input
          id={`${id}-instrument`}
          value={basis.instrument}
          placeholder={t.basis.instrumentExample}
          onChange={(event) => onChange({ ...basis, instrument: event.target.value })}
        />
      </Field>
      <Field id={`${id}-article`} label={t.basis.article}>
        <Input
          id={`${id}-article`}
          value={basis.article}
          placeholder={t.basis.articleExample}
          onChange={(event) => onChange({ ...basis, article: event.target.value })}
        />
      </Field>
    </div>
  )
}
