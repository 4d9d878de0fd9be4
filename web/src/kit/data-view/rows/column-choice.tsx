import { usePortalText } from '../../../text/use-text.ts'
import styles from './rows-grid.module.css'

/** Which columns are shown; the last one stays. */
export function ColumnChoice(props: {
  names: readonly string[]
  chosen: readonly string[]
  onChange: (chosen: readonly string[]) => void
}) {
  const { t } = usePortalText()
  const { names, chosen, onChange } = props
  const kept = new Set(chosen)
  return (
    <details className="no-print">
      <summary className="small">{t.looking.columnsShown(chosen.length, names.length)}</summary>
      <fieldset className={styles.choice}>
        <legend className="visually-hidden">{t.looking.columns}</legend>
        {names.map((name) => (
          <label key={name} className="small">
            <input
              type="checkbox"
              checked={kept.has(name)}
              disabled={kept.size === 1 && kept.has(name)}
              onChange={() => onChange(names.filter((other) => (other === name) !== kept.has(other)))}
            />
            {name}
          </label>
        ))}
        {chosen.length < names.length && (
          <button type="button" className="link small" onClick={() => onChange(names)}>
            {t.looking.allColumns}
          </button>
        )}
      </fieldset>
    </details>
  )
}
