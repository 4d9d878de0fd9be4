import { listEntries } from '@tiaoli/contract/catalogue'
import { useState } from 'react'
import { call } from '../../../kit/api.ts'
import { Button } from '../../../kit/controls/button.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useSubmitEntries } from '../compilation.queries.ts'

const mostAtOnce = 200

/** Hands in every draft of the own body in one go; what fails comes back with its faults. */
export function SubmitDrafts({ roundId }: { roundId: string }) {
  const { t } = usePortalText()
  const submit = useSubmitEntries()
  const [outcome, setOutcome] = useState<{ ready: number; returned: number } | null>(null)
  async function send() {
    const drafts = await call(listEntries, { query: { scope: 'mine', status: 'draft', limit: mostAtOnce } })
    const entryIds = drafts.items.map(({ id }) => id)
    if (entryIds.length === 0) return setOutcome({ ready: 0, returned: 0 })
    setOutcome(await submit.mutateAsync({ body: { entryIds, roundId } }))
  }
  return (
    <div className="row">
      <Button primary busy={submit.isPending} onClick={() => void send()}>
        {t.compilation.submitDrafts}
      </Button>
      {outcome && <span role="status">{t.compilation.submitted(outcome.ready, outcome.returned)}</span>}
    </div>
  )
}
