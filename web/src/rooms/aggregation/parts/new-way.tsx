import type { ReactNode } from 'react'
import { Answers } from '../../../kit/answers.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Failure } from '../../../kit/states.tsx'

/** The form of a new way in: its questions, what is amiss with their answers, and the act. */
export function NewWay(props: {
  error: Error | null
  act: string
  /** Whether what is needed at least has been answered. */
  ready: boolean
  busy: boolean
  onSend: () => void
  children: ReactNode
}) {
  return (
    <Answers error={props.error}>
      <div className="stack">
        {props.children}
        {props.error && <Failure error={props.error} />}
        <div>
          <Button disabled={!props.ready} busy={props.busy} onClick={props.onSend}>
            {props.act}
          </Button>
        </div>
      </div>
    </Answers>
  )
}
