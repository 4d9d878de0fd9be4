import type { ResultView } from '@tiaoli/contract/results'
import { text } from '@tiaoli/kernel/text'
import { useState } from 'react'
import { ActForm } from '../../../kit/act-form/act-form.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { question } from '../../../kit/questions.ts'
import { Failure } from '../../../kit/states.tsx'
import { opening as en } from '../../../text/en/opening.ts'
import { usePortalText } from '../../../text/use-text.ts'
import { opening as zh } from '../../../text/zh/opening.ts'
import { useCheckResult } from '../opening.queries.ts'

/** The authority shows a result, or says why it does not. */
export function CheckResult({ result }: { result: ResultView }) {
  const { t } = usePortalText()
  const check = useCheckResult()
  const [declining, setDeclining] = useState(false)
  const params = { resultId: result.id }
  if (declining) {
    return (
      <ActForm
        name={t.results.decline}
        fields={[
          question('reasons', text(zh.results.declineWhy, en.results.declineWhy), { maxLength: 1000 }),
        ]}
        choosable={[]}
        draftKey={`decline.${result.id}`}
        submitLabel={t.results.decline}
        danger
        onCancel={() => setDeclining(false)}
        onSubmit={({ reasons }) =>
          check.mutateAsync({ params, body: { show: false, reasons: String(reasons) } })
        }
      />
    )
  }
  return (
    <div className="row">
      {check.error && <Failure error={check.error} />}
      <Button primary busy={check.isPending} onClick={() => check.mutate({ params, body: { show: true } })}>
        {t.results.show}
      </Button>
      <Button onClick={() => setDeclining(true)}>{t.results.decline}</Button>
    </div>
  )
}
