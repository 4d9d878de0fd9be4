import { useState } from 'react'
import { Button } from '../../../kit/controls/button.tsx'
import { useDeskText } from '../../../text/use-text.ts'

/** Stops a way in, after asking a second time: its settings and its secret cannot be brought back. */
export function RemoveWay({ busy, onRemove }: { busy: boolean; onRemove: () => void }) {
  const { t } = useDeskText()
  const [step, setStep] = useState<'before' | 'asked' | 'kept'>('before')
  if (step !== 'asked')
    return (
      // Whoever thought better of it stays where they were.
      <Button small danger autoFocus={step === 'kept'} onClick={() => setStep('asked')}>
        {t.pulls.remove}
      </Button>
    )
  return (
    <span className="row">
      <span role="status">{t.pulls.removeAsk}</span>
      <Button small danger busy={busy} onClick={onRemove}>
        {t.pulls.removeSure}
      </Button>
      <Button small autoFocus onClick={() => setStep('kept')}>
        {t.pulls.removeNot}
      </Button>
    </span>
  )
}
