import { useState } from 'react'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Failure } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useBeginSignOn, useSignOnOffered } from '../identity.queries.ts'
import { rememberWay } from '../way.ts'

/** Ways to sign on by an identity provider, or to link the account with one, which asks for its password again. */
export function SignOnChoices({
  to,
  link = false,
  withPassword = false,
  but = [],
}: {
  to: string
  link?: boolean
  withPassword?: boolean
  but?: string[]
}) {
  const { t, say } = usePortalText()
  const offered = useSignOnOffered()
  const begin = useBeginSignOn()
  const [password, setPassword] = useState('')
  const items = (offered.data?.items ?? []).filter(({ id }) => !but.includes(id))
  if (items.length === 0) return null
  function leave(providerId: string) {
    rememberWay(to)
    void begin
      .mutateAsync({ params: { providerId }, body: { link, ...(password !== '' && { password }) } })
      .then(
        ({ address }) => window.location.assign(address),
        // Shown below.
        () => undefined,
      )
  }
  return (
    <div className="stack" style={{ maxWidth: '24rem' }}>
      {withPassword && (
        <AskedLine
          id="link-password"
          label={t.account.passwordAgain}
          help={t.account.linkHelp}
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
      )}
      {items.map(({ id, label }) => (
        <div key={id}>
          <Button busy={begin.isPending} onClick={() => leave(id)}>
            {link ? t.account.link(say(label)) : t.signOn.by(say(label))}
          </Button>
        </div>
      ))}
      {begin.error && <Failure error={begin.error} />}
    </div>
  )
}
