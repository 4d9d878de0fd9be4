import styles from './controls.module.css'

/** One line of text, in the house's dress. */
export function Input({ small, ...rest }: { small?: boolean } & React.ComponentProps<'input'>) {
  return <input type="text" {...rest} className={styles.input} data-small={small || undefined} />
}

/** Several lines, growing with what is written. */
export function TextArea({ rows = 3, ...rest }: React.ComponentProps<'textarea'>) {
  return <textarea {...rest} rows={rows} className={styles.input} />
}
