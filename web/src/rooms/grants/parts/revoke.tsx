import type { Grant } from '@tiaoli/contract/cases'
import { Button } from 'antd'
import { useState } from 'react'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { Section } from '../../../kit/page.tsx'
import { useText } from '../../../text/use-text.ts'
import { useRevokeGrant } from '../grants.queries.ts'
import { revokeQuestions } from '../revoke-questions.ts'

/** Ends a grant at once. Nobody does it without stating reasons and basis. */
export function Revoke({ grant }: { grant: Grant }) {
  const { t } = useText()
  const revoke = useRevokeGrant()
  const [open, setOpen] = useState(false)
  return (
    <Section title={t.grants.revoke}>
      {open ? (
        <ActForm
          name={t.grants.revoke}
          fields={revokeQuestions}
          choosable={[]}
          draftKey={`revoke.${grant.id}`}
          submitLabel={t.grants.confirmRevoke}
          danger
          follows={<p>{t.grants.revokeFollows}</p>}
          onCancel={() => setOpen(false)}
          onSubmit={({ reasons, basis }) =>
            revoke.mutateAsync({
              params: { grantId: grant.id },
              body: { reasons: String(reasons), basis: String(basis) },
            })
          }
        />
      ) : (
        <Button danger onClick={() => setOpen(true)}>
          {t.grants.revoke}
        </Button>
      )}
    </Section>
  )
}
