import { ProblemError } from '@tiaoli/contract/client'
import type { ContentField } from '@tiaoli/contract/rulebook'
import { type ReactNode, useId, useMemo, useState } from 'react'
import { usePortalText } from '../../text/use-text.ts'
import { queryClient } from '../api.ts'
import { Button } from '../controls/button.tsx'
import { ErrorSummary, type FieldError } from '../error-summary.tsx'
import { ProblemView } from '../problem-view.tsx'
import { useDraft } from '../use-draft.ts'
import styles from './act-form.module.css'
import { type Content, checkContent, type Fault, filled, problemErrors } from './check-content.ts'
import { ContentControl } from './content-control.tsx'
import type { ChoosableField } from './fields-control.tsx'
import { WrongAnswer } from './wrong-answer.ts'

export type ActFormProps = {
  /** Names the form to assistive technology. */
  name: string
  fields: readonly ContentField[]
  choosable: readonly ChoosableField[]
  initial?: Content
  draftKey: string
  submitLabel: string
  danger?: boolean
  /** Key of the procedure whose kept replies may be filled in. */
  repliesFor?: string
  /** What will follow, said before it happens. */
  follows?: ReactNode
  /** What the answers so far give reason to say. */
  remarks?: (content: Content) => ReactNode
  /** Where an error is put right that is not about an answer of this form. */
  elsewhere?: (path: string) => string
  onSubmit: (content: Content) => Promise<unknown>
  onCancel?: () => void
}

const nothing: Content = {}

/** The form of any act: questions from data, a draft that saves itself, errors that lead to their question. */
export function ActForm(props: ActFormProps) {
  const { t, say } = usePortalText()
  const id = useId()
  const { elsewhere } = props
  const draft = useDraft<Content>(props.draftKey, props.initial ?? nothing)
  const [faults, setFaults] = useState<Fault[]>([])
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set())
  const [failure, setFailure] = useState<Error | null>(null)
  const [busy, setBusy] = useState(false)
  const problem = failure instanceof ProblemError ? failure.problem : null
  // Somebody else acted meanwhile: nothing here is to be put right, the case has to be read anew.
  const overtaken = problem?.code === 'changed-meanwhile'
  const errors = useMemo((): (FieldError & { key: string })[] => {
    const title = (key: string) => say(props.fields.find((field) => field.key === key)!.title)
    // What was wrong and is put right is wrong no more; what the server found stays until its answer is changed.
    const still = checkContent(props.fields, draft.value).filter(({ key }) =>
      faults.some((fault) => fault.key === key),
    )
    const own = still.map((fault) => ({
      key: fault.key,
      id: fault.kind === 'basis-incomplete' ? `${id}-${fault.key}-${fault.part}` : `${id}-${fault.key}`,
      message: t.form.fault(fault, title(fault.key)),
    }))
    const told = problem
      ? problemErrors(problem, props.fields).filter(({ key }) => key === null || !touched.has(key))
      : []
    return [
      ...own,
      ...told.map(({ key, path, message }) => {
        const href = key === null ? elsewhere?.(path) : undefined
        return { key: key ?? '', id: `${id}-${key ?? ''}`, message: say(message), ...(href ? { href } : {}) }
      }),
    ]
  }, [faults, touched, draft.value, problem, props.fields, elsewhere, id, t, say])

  async function submit(event: React.FormEvent) {
    event.preventDefault()
    setFailure(null)
    setTouched(new Set())
    const found = checkContent(props.fields, draft.value)
    setFaults(found)
    if (found.length > 0) return
    setBusy(true)
    try {
      await props.onSubmit(filled(props.fields, draft.value))
      draft.discard()
    } catch (error) {
      setFailure(error as Error)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form className={styles.form} aria-label={props.name} noValidate onSubmit={(event) => void submit(event)}>
      {!overtaken && <ErrorSummary errors={errors} attempt={problem ?? faults} />}
      {props.fields.map((field) => {
        const error = errors.find(({ key }) => key === field.key)?.message
        return (
          <ContentControl
            key={field.key}
            field={field}
            id={`${id}-${field.key}`}
            value={draft.value[field.key]}
            onChange={(value) => {
              draft.setValue({ ...draft.value, [field.key]: value })
              setTouched((before) => new Set(before).add(field.key))
            }}
            choosable={props.choosable}
            {...(props.repliesFor === undefined ? {} : { repliesFor: props.repliesFor })}
            {...(error === undefined ? {} : { error })}
          />
        )
      })}
      {props.remarks?.(draft.value)}
      {props.follows && <div className={styles.follows}>{props.follows}</div>}
      {overtaken && (
        <div className={styles.follows} role="alert">
          <p>{say(problem!.errors?.[0]?.message ?? problem!.condition ?? problem!.message)}</p>
          <Button onClick={() => void queryClient.invalidateQueries()}>{t.common.readAnew}</Button>
        </div>
      )}
      {problem && !overtaken && !(problem.errors && problem.errors.length > 0) && (
        <ProblemView problem={problem} />
      )}
      {failure && !problem && (
        <p role="alert">{failure instanceof WrongAnswer ? failure.message : t.common.noConnection}</p>
      )}
      <div className="row">
        <Button type="submit" primary danger={props.danger} busy={busy}>
          {props.submitLabel}
        </Button>
        {props.onCancel && <Button onClick={props.onCancel}>{t.common.back}</Button>}
        {draft.savedAt && <span className="quiet small">{t.form.draftKept}</span>}
      </div>
    </form>
  )
}
