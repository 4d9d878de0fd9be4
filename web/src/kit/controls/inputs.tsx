import { useId } from 'react'
import styles from './controls.module.css'
import { useTie } from './question.ts'

/** One line of text, in the house's dress. */
export function Input({ small, ...rest }: { small?: boolean } & React.ComponentProps<'input'>) {
  // A control that has no name of its own is still told from others by the browser, which fills in forms.
  const id = useId()
  return (
    <input
      id={id}
      type="text"
      {...useTie()}
      {...rest}
      className={styles.input}
      data-small={small || undefined}
    />
  )
}

/** Several lines, growing with what is written. */
export function TextArea({ rows = 3, ...rest }: React.ComponentProps<'textarea'>) {
  const id = useId()
  return <textarea id={id} {...useTie()} {...rest} rows={rows} className={styles.input} />
}
