import type { AgreementView } from '@tiaoli/contract/agreements'
import { text } from '@tiaoli/kernel/text'
import { useState } from 'react'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Section } from '../../../kit/page.tsx'
import { question } from '../../../kit/questions.ts'
import { usePortalText } from '../../../text/use-text.ts'
import { useEndAgreement } from '../opening.queries.ts'

/** Ends the agreement on one of its grounds; what follows is said before it happens. */
export function EndAgreement({ agreement }: { agreement: AgreementView }) {
  const { t } = usePortalText()
  const end = useEndAgreement()
  const [open, setOpen] = useState(false)
  return (
    <Section title={t.agreements.end} note={t.agreements.endHelp}>
      {open ? (
        <ActForm
          name={t.agreements.end}
          fields={[
            question('ground', text('终止事由', 'Ground'), { kind: 'choice', choices: agreement.endings }),
            question('reasons', text('情况说明', 'What happened')),
          ]}
          choosable={[]}
          draftKey={`end.${agreement.id}`}
          submitLabel={t.agreements.confirmEnd}
          danger
          follows={<p>{t.agreements.endHelp}</p>}
          onCancel={() => setOpen(false)}
          onSubmit={({ ground, reasons }) =>
            end.mutateAsync({
              params: { agreementId: agreement.id },
              body: { ground: String(ground), reasons: String(reasons) },
            })
          }
        />
      ) : (
        <Button danger onClick={() => setOpen(true)}>
          {t.agreements.end}
        </Button>
      )}
    </Section>
  )
}
