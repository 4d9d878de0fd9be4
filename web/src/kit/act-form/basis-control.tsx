import type { Text } from '@tiaoli/kernel/text'
import { usePortalText } from '../../text/use-text.ts'
import { AskedLine } from '../asked-line.tsx'
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
      <AskedLine
        id={`${id}-instrument`}
        label={t.basis.instrument}
        value={basis.instrument}
        placeholder={t.basis.instrumentExample}
        onChange={(value) => onChange({ ...basis, instrument: value })}
      />
      <AskedLine
        id={`${id}-article`}
        label={t.basis.article}
        value={basis.article}
        placeholder={t.basis.articleExample}
        onChange={(value) => onChange({ ...basis, article: value })}
      />
    </div>
  )
}
