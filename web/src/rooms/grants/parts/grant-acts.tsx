import type { Grant } from '@tiaoli/contract/cases'
import { LinkButton } from '../../../kit/link-button.tsx'
import { Section } from '../../../kit/page.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useResumeGrant, useRevokeGrant, useSuspendGrant } from '../grants.queries.ts'
import { GrantAct } from './grant-act.tsx'

/** What whoever answers for the data can do: let it stand still, let it go on, end it. */
export function ProviderActs({ grant }: { grant: Grant }) {
  const { t } = useDeskText()
  const [suspend, resume, revoke] = [useSuspendGrant(), useResumeGrant(), useRevokeGrant()]
  const params = { grantId: grant.id }
  return (
    <Section title={t.grants.standing}>
      <div className="stack">
        {grant.standing === 'live' && (
          <GrantAct
            title={t.grants.suspend}
            confirm={t.grants.confirmSuspend}
            follows={t.grants.suspendFollows}
            draftKey={`suspend.${grant.id}`}
            onSubmit={(body) => suspend.mutateAsync({ params, body })}
          />
        )}
        {grant.standing === 'suspended' && (
          <GrantAct
            title={t.grants.resume}
            confirm={t.grants.confirmResume}
            follows={t.grants.resumeFollows}
            draftKey={`resume.${grant.id}`}
            onSubmit={(body) => resume.mutateAsync({ params, body })}
          />
        )}
        <GrantAct
          danger
          title={t.grants.revoke}
          confirm={t.grants.confirmRevoke}
          follows={t.grants.revokeFollows}
          draftKey={`revoke.${grant.id}`}
          onSubmit={(body) => revoke.mutateAsync({ params, body })}
        />
      </div>
    </Section>
  )
}

/** What the holder can ask for before the grant ends, and beside it. */
export function HolderActs({ grant }: { grant: Grant }) {
  const { t } = useDeskText()
  const form = `/desk/apply/${grant.entry.id}`
  return (
    <Section title={t.grants.goOn} note={t.grants.goOnLead}>
      <div className="row">
        {grant.canRenew && <LinkButton to={`${form}?renews=${grant.id}`}>{t.grants.renew}</LinkButton>}
        <LinkButton to={`${form}?after=${grant.id}`}>{t.grants.askAnew}</LinkButton>
      </div>
    </Section>
  )
}
