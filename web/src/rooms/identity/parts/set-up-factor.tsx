import { useState } from 'react'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Failure } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useBeginSecondFactor, useConfirmSecondFactor } from '../identity.queries.ts'
import { NarrowForm } from './narrow-form.tsx'
import { QrPicture } from './qr-picture.tsx'

/** Sets the second factor up: password, picture, code. */
export function SetUpFactor({
  hasPassword,
  onSet,
}: {
  hasPassword: boolean
  onSet: (backupCodes: readonly string[]) => void
}) {
  const { t } = usePortalText()
  const begin = useBeginSecondFactor()
  const confirm = useConfirmSecondFactor()
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const begun = begin.data
  if (begun === undefined)
    return (
      <NarrowForm
        label={t.account.begin}
        onSubmit={() => begin.mutate({ body: hasPassword ? { password } : {} })}
      >
        {hasPassword && (
          <AskedLine
            id="factor-password"
            label={t.account.passwordAgain}
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={setPassword}
          />
        )}
        {begin.error && <Failure error={begin.error} />}
        <div>
          <Button primary type="submit" busy={begin.isPending}>
            {t.account.begin}
          </Button>
        </div>
      </NarrowForm>
    )
  return (
    <NarrowForm
      label={t.account.confirm}
      onSubmit={() => {
        void confirm.mutateAsync({ body: { code } }).then(
          ({ backupCodes }) => onSet(backupCodes),
          // Shown below.
          () => undefined,
        )
      }}
    >
      <p>{t.account.scan}</p>
      <QrPicture value={begun.address} label={t.account.picture} />
      <p style={{ overflowWrap: 'anywhere' }}>
        {t.account.secret} <code>{begun.secret}</code>
      </p>
      <AskedLine
        id="factor-code"
        label={t.account.code}
        help={t.account.codeHelp}
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onChange={setCode}
      />
      {confirm.error && <Failure error={confirm.error} />}
      <div>
        <Button primary type="submit" busy={confirm.isPending} disabled={code.trim() === ''}>
          {t.account.confirm}
        </Button>
      </div>
    </NarrowForm>
  )
}
