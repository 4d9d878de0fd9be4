import { Button } from '../../../kit/controls/button.tsx'
import { CopyButton } from '../../../kit/copy.tsx'
import { usePortalText } from '../../../text/use-text.ts'

/** Backup codes, this once. */
export function BackupCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = usePortalText()
  return (
    <div className="stack" role="status" data-testid="backup-codes">
      <p>
        <strong>{t.account.backupOnce}</strong>
      </p>
      <ul style={{ columns: '10rem 2', listStyle: 'none', padding: 0, maxWidth: '24rem' }}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="row">
        <CopyButton value={codes.join('\n')} label={t.account.copyAll} />
        <Button small onClick={onDone}>
          {t.account.saved}
        </Button>
      </div>
    </div>
  )
}
