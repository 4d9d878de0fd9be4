import { useEffect, useRef } from 'react'
import { useText } from '../text/use-text.ts'
import styles from './error-summary.module.css'

export type FieldError = { readonly id: string; readonly message: string }

/** Names every answer that needs attention and leads to it; takes the focus when it appears. */
export function ErrorSummary({ errors }: { errors: readonly FieldError[] }) {
  const { t } = useText()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (errors.length > 0) box.current?.focus()
  }, [errors])
  if (errors.length === 0) return null
  return (
    <div ref={box} className={styles.summary} role="alert" tabIndex={-1} data-testid="error-summary">
      <h3>{t.form.pleaseCorrect}</h3>
      <ul>
        {errors.map((error) => (
          <li key={`${error.id} ${error.message}`}>
            <a
              href={`#${error.id}`}
              onClick={(event) => {
                event.preventDefault()
                const target = document.getElementById(error.id)
                target?.focus()
                target?.scrollIntoView({ block: 'center' })
              }}
            >
              {error.message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
