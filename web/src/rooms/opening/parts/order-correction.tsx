import type { AgreementView } from '@tiaoli/contract/agreements'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Section } from '../../../kit/page.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useOrderCorrection } from '../opening.queries.ts'

/** Orders a breach to be corrected by a day; the case of the order is then dealt with like any other. */
export function OrderCorrection({ agreement }: { agreement: AgreementView }) {
  const { t } = usePortalText()
  const order = useOrderCorrection()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  return (
    <Section title={t.agreements.order} note={t.agreements.orderHelp}>
      {open ? (
        <ActForm
          name={t.agreements.order}
          fields={agreement.order}
          choosable={[]}
          draftKey={`order.${agreement.id}`}
          submitLabel={t.agreements.confirmOrder}
          danger
          follows={<p>{t.agreements.orderHelp}</p>}
          onCancel={() => setOpen(false)}
          onSubmit={async (content) => {
            const { caseId } = await order.mutateAsync({
              params: { agreementId: agreement.id },
              body: { content },
            })
            void navigate(`/desk/cases/${caseId}`)
          }}
        />
      ) : (
        <Button danger onClick={() => setOpen(true)}>
          {t.agreements.order}
        </Button>
      )}
    </Section>
  )
}
