import { getContest } from '@tiaoli/contract/registration-contests'
import { useState } from 'react'
import { useRoute } from '../../../kit/api.ts'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { Await } from '../../../kit/states.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { NarrowForm } from './narrow-form.tsx'

/** What became of a contest, by the number that whoever filed it was given. */
export function ContestResult() {
  const { t } = usePortalText()
  const [id, setId] = useState('')
  const [asked, setAsked] = useState('')
  return (
    <NarrowForm label={t.contests.ask} onSubmit={() => setAsked(id.trim())}>
      <AskedLine id="contest-id" label={t.contests.id} maxLength={36} value={id} onChange={setId} />
      <div>
        <Button type="submit" disabled={id.trim() === ''}>
          {t.contests.find}
        </Button>
      </div>
      {asked !== '' && <Result id={asked} />}
    </NarrowForm>
  )
}

function Result({ id }: { id: string }) {
  const { t } = usePortalText()
  const contest = useRoute(getContest, { params: { contestId: id } })
  return (
    <Await reading={contest} lines={1}>
      {({ filedAt, decision }) => (
        <div role="status">
          {decision === null ? (
            <p>{t.contests.waiting(formatMoment(filedAt))}</p>
          ) : (
            <>
              <p>{t.contests.decided[decision.outcome]}</p>
              <p>{t.contests.reasonsSaid(decision.reasons)}</p>
            </>
          )}
        </div>
      )}
    </Await>
  )
}
