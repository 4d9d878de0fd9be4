import { useRef } from 'react'
import { usePortalText } from '../../text/use-text.ts'
import { Button } from './button.tsx'
import { useTie } from './question.ts'

type ChooseFileProps = {
  /** On the button, where it does more than to choose. */
  readonly words?: string
  /** Of the control itself, where the words do not say what the file is. */
  readonly label?: string
  readonly accept?: string
  /** Name of the file that was chosen, where the form keeps it until it is sent. */
  readonly chosen?: string | undefined
  readonly testId?: string
  /** Asked before the dialogue opens: whether what has to come first is there. */
  readonly mayChoose?: () => boolean
  readonly onChoose: (file: File) => void
  /** Takes back what was chosen, where the form goes without it. */
  readonly onRemove?: () => void
} & Pick<React.ComponentProps<typeof Button>, 'id' | 'primary' | 'busy' | 'disabled'>

/** Lets a file be chosen, in the words of the page: the browser's own control speaks the language of the browser. */
export function ChooseFile(props: ChooseFileProps) {
  const { t } = usePortalText()
  const {
    words = t.form.chooseFile,
    label = words,
    accept,
    chosen,
    testId,
    mayChoose,
    onChoose,
    onRemove,
    ...button
  } = props
  const input = useRef<HTMLInputElement>(null)
  const chooser = useRef<HTMLButtonElement>(null)
  const { 'aria-describedby': describedBy } = useTie()
  return (
    <div className="row">
      <Button
        {...button}
        ref={chooser}
        aria-label={label === words ? undefined : `${label} ${words}`}
        aria-describedby={describedBy}
        onClick={() => mayChoose?.() !== false && input.current?.click()}
      >
        {words}
      </Button>
      <span role="status">{chosen}</span>
      {chosen && onRemove && (
        <Button
          plain
          aria-label={t.form.removeFileNamed(chosen)}
          onClick={() => {
            chooser.current?.focus()
            onRemove()
          }}
        >
          {t.form.removeFile}
        </Button>
      )}
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={label}
        aria-hidden
        className="visually-hidden"
        tabIndex={-1}
        data-testid={testId}
        onChange={(event) => {
          const file = event.target.files?.[0]
          // The same file may be chosen again, after it was mended.
          event.target.value = ''
          if (file) onChoose(file)
        }}
      />
    </div>
  )
}
