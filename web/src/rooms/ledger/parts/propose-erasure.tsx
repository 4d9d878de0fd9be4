import { proposeErasure } from '@tiaoli/contract/erasures'
import { useState } from 'react'
import { useAct } from '../../../kit/api.ts'
import { AskedLine, AskedLines } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'

const empty = { recordId: '', reason: '', article: '' }

/** Which record, why, and by which article if any. */
export function ProposeErasure() {
  const { t } = useDeskText()
  const propose = useAct(proposeErasure)
  const [answers, setAnswers] = useState(empty)
  const set = (key: keyof typeof empty) => (value: string) => setAnswers({ ...answers, [key]: value })
  return (
    <form
      className="stack measure"
      aria-label={t.erasures.propose}
      onSubmit={(event) => {
        event.preventDefault()
        const { recordId, reason, article } = answers
        propose.mutate(
          { params: { recordId: recordId.trim() }, body: { reason, ...(article && { article }) } },
          { onSuccess: () => setAnswers(empty) },
        )
      }}
    >
      <AskedLine
        id="erasure-record"
        label={t.erasures.record}
        help={t.erasures.recordHelp}
        required
        maxLength={36}
        value={answers.recordId}
        onChange={set('recordId')}
      />
      <AskedLines
        id="erasure-reason"
        label={t.erasures.reason}
        required
        minLength={4}
        maxLength={500}
        value={answers.reason}
        onChange={set('reason')}
      />
      <AskedLine
        id="erasure-article"
        label={t.erasures.article}
        help={t.erasures.articleHelp}
        optional
        maxLength={40}
        value={answers.article}
        onChange={set('article')}
      />
      {propose.error && <Failure error={propose.error} />}
      <div>
        <Button type="submit" primary busy={propose.isPending}>
          {t.erasures.propose}
        </Button>
      </div>
    </form>
  )
}
