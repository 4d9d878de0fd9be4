import { Button } from '../../../kit/controls/button.tsx'
import { Failure } from '../../../kit/states.tsx'
import { useText } from '../../../text/use-text.ts'
import { useBeginSignOn, useSignOnOffered } from '../identity.queries.ts'
import { rememberWay } from '../way.ts'

/** Ways to sign on by an identity provider, or to link the account with one. */
export function SignOnChoices({
  to,
  link = false,
  but = [],
}: {
  to: string
  link?: boolean
  but?: string[]
}) {
  const { t, say } = useText()
  const offered = useSignOnOffered()
  const begin = useBeginSignOn()
  const items = (offered.data?.items ?? []).filter(({ id }) => !but.includes(id))
  if (items.length === 0) return null
  function leave(providerId: string) {
    rememberWay(to)
    void begin.mutateAsync({ params: { providerId }, body: { link } }).then(
      ({ address }) => window.location.assign(address),
      // Shown below.
      () => undefined,
    )
  }
  return (
    <div className="stack" style={{ maxWidth: '24rem' }}>
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
