import { useState } from 'react'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Section } from '../../../kit/page.tsx'
import { Failure } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useEndSecondFactor, useRenewBackupCodes } from '../identity.queries.ts'
import { BackupCodes } from './backup-codes.tsx'
import { SetUpFactor } from './set-up-factor.tsx'

type Standing = { on: boolean; backupCodesLeft: number; demanded: boolean }

/** The second factor of one's account. */
export function SecondFactor({ standing, hasPassword }: { standing: Standing; hasPassword: boolean }) {
  const { t } = usePortalText()
  const renew = useRenewBackupCodes()
  const end = useEndSecondFactor()
  const [codes, setCodes] = useState<readonly string[]>()
  const [code, setCode] = useState('')
  const failed = renew.error ?? end.error

  function renewCodes() {
    end.reset()
    void renew.mutateAsync({ body: { code } }).then(
      ({ backupCodes }) => {
        setCode('')
        setCodes(backupCodes)
      },
      // Shown below.
      () => undefined,
    )
  }

  return (
    <Section id="second-factor" title={t.account.factor} note={t.account.factorNote}>
      {codes !== undefined ? (
        <BackupCodes codes={codes} onDone={() => setCodes(undefined)} />
      ) : standing.on ? (
        <div className="stack" style={{ maxWidth: '24rem' }}>
          <p>{t.account.factorOn(standing.backupCodesLeft)}</p>
          {standing.demanded && <p className="quiet small">{t.account.factorDemanded}</p>}
          <AskedLine
            id="present-code"
            label={t.account.codeOrBackup}
            help={t.account.codeOrBackupHelp}
            autoComplete="one-time-code"
            value={code}
            onChange={setCode}
          />
          {failed && <Failure error={failed} />}
          <div className="row">
            <Button disabled={code.trim() === ''} busy={renew.isPending} onClick={renewCodes}>
              {t.account.renew}
            </Button>
            {!standing.demanded && (
              <Button
                danger
                disabled={code.trim() === ''}
                busy={end.isPending}
                onClick={() => {
                  renew.reset()
                  end.mutate({ body: { code } })
                }}
              >
                {t.account.end}
              </Button>
            )}
          </div>
        </div>
      ) : (
        <div className="stack">
          <p>{t.account.factorOff}</p>
          <SetUpFactor hasPassword={hasPassword} onSet={setCodes} />
        </div>
      )}
    </Section>
  )
}
