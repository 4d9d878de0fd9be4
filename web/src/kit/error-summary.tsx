import { type ReactNode, useEffect, useRef } from 'react'
import { useText } from '../text/use-text.ts'
import styles from './error-summary.module.css'

/** What is wrong, and where it is put right: at a control of this page, or on another page. */
export type FieldError = { readonly id: string; readonly message: string; readonly href?: string }

/**
 * Names every answer that needs attention and leads to it; takes the focus when it appears. Where the errors go away one
 * by one while they are put right, `attempt` stands for what was sent: only with another one the focus is taken again.
 */
export function ErrorSummary({
  errors,
  attempt = errors,
}: {
  errors: readonly FieldError[]
  attempt?: unknown
}) {
  const { t } = useText()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [attempt])
  if (errors.length === 0) return null
  return (
    <div ref={box} className={styles.summary} role="alert" tabIndex={-1} data-testid="error-summary">
      <h3>{t.form.pleaseCorrect}</h3>
      <ul>
        {errors.map((error) => (
          <li key={`${error.id} ${error.message}`}>
            {error.href ? (
              <a href={error.href}>{error.message}</a>
            ) : (
              <ToControl id={error.id}>{error.message}</ToControl>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Leads to a control of this page: it takes the focus and comes into sight. */
export function ToControl({ id, children }: { id: string; children: ReactNode }) {
  return (
    <a
      href={`#${id}`}
      onClick={(event) => {
        event.preventDefault()
        const target = document.getElementById(id)
        target?.focus()
        target?.scrollIntoView({ block: 'center' })
      }}
    >
      {children}
    </a>
  )
}
