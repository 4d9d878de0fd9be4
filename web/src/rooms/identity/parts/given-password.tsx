import { Button } from '../../../kit/controls/button.tsx'
import { CopyButton } from '../../../kit/copy.tsx'
import { useDeskText } from '../../../text/use-text.ts'

/** A first password, this once. */
export function GivenPassword({ password, onDone }: { password: string; onDone: () => void }) {
  const { t } = useDeskText()
  return (
    <div className="stack" role="status" data-testid="given-password">
      <p>
        <strong>{t.people.passwordOnce}</strong>
      </p>
      <p>
        <code>{password}</code>
      </p>
      <div className="row">
        <CopyButton value={password} />
        <Button small onClick={onDone}>
          {t.account.saved}
        </Button>
      </div>
    </div>
  )
}
