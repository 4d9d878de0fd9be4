import { useId } from 'react'
import styles from './controls.module.css'

/** A box to tick, with its words beside it; without words it carries an `aria-label`. */
export function Checkbox({ children, ...rest }: React.ComponentProps<'input'>) {
  const id = useId()
  if (children === undefined) return <input id={id} {...rest} type="checkbox" className={styles.tick} />
  return (
    <label className={styles.checkbox}>
      <input id={id} {...rest} type="checkbox" className={styles.tick} />
      <span>{children}</span>
    </label>
  )
}

/** Boxes of which any may be ticked; `value` keeps the order of the options. */
export function CheckboxGroup<Value extends string>({
  options,
  value,
  onChange,
}: {
  options: readonly { readonly value: Value; readonly label: React.ReactNode }[]
  value: readonly Value[]
  onChange: (chosen: Value[]) => void
}) {
  return (
    <div className={styles.group}>
      {options.map((option) => (
        <Checkbox
          key={option.value}
          checked={value.includes(option.value)}
          onChange={(event) =>
            onChange(
              options
                .map((each) => each.value)
                .filter((each) => (each === option.value ? event.target.checked : value.includes(each))),
            )
          }
        >
          {option.label}
        </Checkbox>
      ))}
    </div>
  )
}
