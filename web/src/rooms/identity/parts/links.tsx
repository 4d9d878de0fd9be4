import { Button } from '../../../kit/controls/button.tsx'
import { formatDate } from '../../../kit/formats.ts'
import { Section } from '../../../kit/page.tsx'
import { Failure } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useLinks, useSignOnOffered, useUnlink } from '../identity.queries.ts'
import { SignOnChoices } from './sign-on-choices.tsx'

/** Identity providers that sign this account on; nothing where the installation has none. */
export function Links({ hasPassword }: { hasPassword: boolean }) {
  const { t, say } = usePortalText()
  const links = useLinks()
  const offered = useSignOnOffered()
  const unlink = useUnlink()
  const items = links.data?.items ?? []
  if (items.length === 0 && (offered.data?.items ?? []).length === 0) return null
  return (
    <Section id="links" title={t.account.links} note={t.account.linksNote}>
      <div className="stack">
        {items.map(({ providerId, label, linkedAt, byMapping }) => (
          <div key={providerId} className="row">
            <span>
              {say(label)} · {byMapping ? t.account.byMapping : t.account.linkedOn(formatDate(linkedAt))}
            </span>
            {!byMapping && (
              <Button small onClick={() => unlink.mutate({ params: { providerId } })}>
                {t.account.unlink}
              </Button>
            )}
          </div>
        ))}
        {unlink.error && <Failure error={unlink.error} />}
        <SignOnChoices
          link
          withPassword={hasPassword}
          to="/desk/account"
          but={items.map(({ providerId }) => providerId)}
        />
      </div>
    </Section>
  )
}
