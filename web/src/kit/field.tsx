import { type ReactNode, useId } from 'react'
import { useText } from '../text/use-text.ts'
import { useAnswerFault } from './answers.tsx'
import { QuestionContext, useTie } from './controls/question.ts'
import styles from './field.module.css'
import { useArrival } from './use-arrival.ts'

export type FieldProps = {
  id: string
  label: ReactNode
  help?: ReactNode
  error?: string | undefined
  /** Where the answer stands in the request: what the platform says of it there is shown here (see `Answers`). */
  path?: string | undefined
  optional?: boolean | undefined
  chip?: ReactNode
}

const describedBy = (id: string, help?: ReactNode, error?: string) =>
  [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined

/** A question: label above, help below it, then the error, then the control, to which all of it is tied. */
export function Field({
  id,
  label,
  help,
  error: stated,
  path,
  optional,
  chip,
  children,
}: FieldProps & { children: ReactNode }) {
  const { t } = useText()
  const answered = useAnswerFault(path, { id, label })
  const error = stated ?? answered
  useArrival(id)
  return (
    <div className={styles.field} data-error={error !== undefined}>
      <div className={styles.label}>
        <label htmlFor={id}>{label}</label>
        {optional && <span className="quiet small">{t.form.optional}</span>}
        {chip}
      </div>
      {help && (
        <p id={`${id}-help`} className="quiet small">
          {help}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
      <QuestionContext
        value={{
          'aria-describedby': describedBy(id, help, error),
          ...(error !== undefined && { 'aria-invalid': true }),
        }}
      >
        {children}
      </QuestionContext>
    </div>
  )
}

/** The same for a group of controls, such as boxes to tick. */
export function FieldGroup({
  id,
  label,
  help,
  error: stated,
  path,
  optional,
  chip,
  children,
}: FieldProps & { children: ReactNode }) {
  const { t } = useText()
  const answered = useAnswerFault(path, { id, label })
  const error = stated ?? answered
  useArrival(id)
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      className={styles.field}
      data-error={error !== undefined}
      aria-describedby={describedBy(id, help, error)}
    >
      <legend className={styles.label}>
        {label} {optional && <span className="quiet small">{t.form.optional}</span>} {chip}
      </legend>
      {help && (
        <p id={`${id}-help`} className="quiet small">
          {help}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
      <QuestionContext value={{}}>{children}</QuestionContext>
    </fieldset>
  )
}

export type Option = { readonly value: string; readonly label: string }

/** A choice among few: the browser's own list, which works on phones and with every screen reader. */
export function Select(
  props: {
    options: readonly Option[]
    value: string
    onChange: (value: string) => void
    placeholder?: string
    small?: boolean
  } & Omit<React.SelectHTMLAttributes<HTMLSelectElement>, 'onChange' | 'value'>,
) {
  const { options, value, onChange, placeholder, small, ...rest } = props
  const id = useId()
  return (
    <select
      id={id}
      {...useTie()}
      {...rest}
      className={styles.select}
      data-small={small}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {placeholder !== undefined && <option value="">{placeholder}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
