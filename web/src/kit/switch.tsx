import styles from './switch.module.css'

type Props<V extends string> = {
  label: string
  value: V
  options: readonly { readonly value: V; readonly label: string }[]
  onChange: (value: V) => void
}

/** Two or three views of the same thing, one of which is shown. */
export function Switch<V extends string>({ label, value, options, onChange }: Props<V>) {
  return (
    <fieldset className={`${styles.switch} no-print`}>
      <legend className="visually-hidden">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  )
}
