import { useState } from 'react'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Failure } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useGiveSecondFactor } from '../identity.queries.ts'
import { NarrowForm } from './narrow-form.tsx'

/** The second step of signing in. */
export function CodeStep({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const { t } = usePortalText()
  const give = useGiveSecondFactor()
  const [code, setCode] = useState('')
  return (
    <NarrowForm
      label={t.signOn.step}
      onSubmit={() => {
        // A refusal is shown below.
        void give.mutateAsync({ body: { code } }).then(onDone, () => undefined)
      }}
    >
      <AskedLine
        id="code"
        label={t.account.codeOrBackup}
        help={t.account.codeOrBackupHelp}
        autoFocus
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
      />
      {give.error && <Failure error={give.error} />}
      <div className="row">
        <Button primary type="submit" busy={give.isPending} disabled={code.trim() === ''}>
          {t.signOn.submit}
        </Button>
        <Button plain onClick={onBack}>
          {t.signOn.back}
        </Button>
      </div>
    </NarrowForm>
  )
}
