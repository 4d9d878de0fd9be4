import styles from './controls.module.css'

/** How a button looks and what it waits for, whether it acts or leads somewhere. */
type Look = {
  /** The one act that a page or a form is for. */
  primary?: boolean
  /** What takes something away or refuses. */
  danger?: boolean
  /** Set like a link, where it stands within text. */
  plain?: boolean
  small?: boolean
}

const look = ({ primary, danger, plain, small }: Look) => ({
  'data-kind': plain ? 'plain' : primary ? 'primary' : 'default',
  'data-danger': danger || undefined,
  'data-small': small || undefined,
})

/** A button. It sends its form only when it is said to. While `busy` it says so and acts no second time. */
export function Button({
  primary,
  danger,
  plain,
  small,
  busy = false,
  disabled = false,
  onClick,
  ...rest
}: Look & { busy?: boolean } & React.ComponentProps<'button'>) {
  return (
    <button
      type="button"
      {...rest}
      {...look({ primary, danger, plain, small })}
      className={styles.button}
      disabled={disabled}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault()
        else onClick?.(event)
      }}
    />
  )
}

/** A link with the weight of a button. */
export function ButtonLink({ primary, danger, plain, small, ...rest }: Look & React.ComponentProps<'a'>) {
  return <a {...rest} {...look({ primary, danger, plain, small })} className={styles.button} />
}
