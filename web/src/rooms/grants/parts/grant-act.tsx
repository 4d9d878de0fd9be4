import { useState } from 'react'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { groundQuestions } from '../ground-questions.ts'

/** Suspends, resumes or ends a grant at once. Nobody does it without stating reasons and basis. */
export function GrantAct(props: {
  title: string
  confirm: string
  follows: string
  draftKey: string
  danger?: boolean
  onSubmit: (grounds: { reasons: string; basis: string }) => Promise<unknown>
}) {
  const [open, setOpen] = useState(false)
  if (!open)
    return (
      <div>
        <Button danger={props.danger} onClick={() => setOpen(true)}>
          {props.title}
        </Button>
      </div>
    )
  return (
    <ActForm
      name={props.title}
      fields={groundQuestions}
      choosable={[]}
      draftKey={props.draftKey}
      submitLabel={props.confirm}
      {...(props.danger ? { danger: true } : {})}
      follows={<p>{props.follows}</p>}
      onCancel={() => setOpen(false)}
      onSubmit={({ reasons, basis }) =>
        props.onSubmit({ reasons: String(reasons), basis: String(basis) }).then(() => setOpen(false))
      }
    />
  )
}
