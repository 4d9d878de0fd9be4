import { ProblemError } from '@tiaoli/contract/client'
import { useState } from 'react'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Section } from '../../../kit/page.tsx'
import { Failure } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useChangePassword } from '../identity.queries.ts'
import { NarrowForm } from './narrow-form.tsx'

const unanswered = { password: '', newPassword: '', repeat: '' }

/** Changes one's password, where the account has one. */
export function ChangePassword({ hasPassword }: { hasPassword: boolean }) {
  const { t, say } = usePortalText()
  const change = useChangePassword()
  const [answers, setAnswers] = useState(unanswered)
  const [differs, setDiffers] = useState(false)
  const fault = change.error instanceof ProblemError ? change.error.problem.errors?.[0] : undefined
  const errors = {
    password: undefined,
    newPassword: fault && say(fault.message),
    repeat: differs ? t.account.differ : undefined,
  }
  const asked = [
    ['password', t.account.passwordAgain, undefined, 'current-password'],
    ['newPassword', t.account.newPassword, t.account.newPasswordHelp, 'new-password'],
    ['repeat', t.account.repeat, undefined, 'new-password'],
  ] as const

  function submit() {
    const { password, newPassword, repeat } = answers
    setDiffers(newPassword !== repeat)
    if (newPassword !== repeat) return
    void change.mutateAsync({ body: { password, newPassword } }).then(
      () => setAnswers(unanswered),
      // Shown below.
      () => undefined,
    )
  }

  return (
    <Section id="password" title={t.account.password} note={t.account.passwordNote}>
      {hasPassword ? (
        <NarrowForm label={t.account.change} onSubmit={submit}>
          {asked.map(([key, label, help, autoComplete]) => {
            const error = errors[key]
            return (
              <AskedLine
                key={key}
                id={key}
                label={label}
                help={help}
                {...(error ? { error } : {})}
                type="password"
                autoComplete={autoComplete}
                value={answers[key]}
                onChange={(value) => setAnswers({ ...answers, [key]: value })}
              />
            )
          })}
          {change.error && fault === undefined && <Failure error={change.error} />}
          {change.isSuccess && <p role="status">{t.account.changed}</p>}
          <div>
            <Button primary type="submit" busy={change.isPending}>
              {t.account.change}
            </Button>
          </div>
        </NarrowForm>
      ) : (
        <p>{t.account.noPassword}</p>
      )}
    </Section>
  )
}
