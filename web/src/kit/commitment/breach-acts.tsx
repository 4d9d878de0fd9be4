import type { Commitment } from '@tiaoli/contract/commitment'
import type { ContentField } from '@tiaoli/contract/rulebook'
import { text } from '@tiaoli/kernel/text'
import { useState } from 'react'
import { usePortalText } from '../../text/use-text.ts'
import { ActForm } from '../act-form/act-form.tsx'
import { Button } from '../controls/button.tsx'
import { useLift, useReportBreach } from './commitment.queries.ts'

const reasons: ContentField = {
  key: 'reasons',
  kind: 'text',
  title: text('理由', 'Reasons'),
  help: null,
  required: true,
  article: null,
  minLength: null,
  maxLength: 2000,
  choices: null,
  ranks: null,
}

/** Stopping delivery for a breach, and lifting the stop, for those who may. */
export function BreachActs({ commitment }: { commitment: Commitment }) {
  const { t } = usePortalText()
  const report = useReportBreach()
  const lift = useLift()
  const [open, setOpen] = useState(false)
  const act = commitment.canReportBreach ? 'report' : commitment.canLift ? 'lift' : null
  if (act === null) return null
  const label = act === 'report' ? t.commitment.reportBreach : t.commitment.lift
  if (!open)
    return (
      <div>
        <Button danger={act === 'report'} onClick={() => setOpen(true)}>
          {label}
        </Button>
      </div>
    )
  return (
    <ActForm
      name={label}
      fields={[reasons]}
      choosable={[]}
      draftKey={`commitment.${act}.${commitment.id}`}
      submitLabel={label}
      danger={act === 'report'}
      follows={<p>{act === 'report' ? t.commitment.reportFollows : t.commitment.liftFollows}</p>}
      onCancel={() => setOpen(false)}
      onSubmit={({ reasons: said }) =>
        (act === 'report' ? report : lift).mutateAsync({
          params: { commitmentId: commitment.id },
          body: { reasons: String(said) },
        })
      }
    />
  )
}
