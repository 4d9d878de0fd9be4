import { ProblemError } from '@tiaoli/contract/client'
import { listPublicationChecks, recordPublicationCheck } from '@tiaoli/contract/publication'
import { useState } from 'react'
import { useAct, useRoute } from '../../../kit/api.ts'
import { ArticleChip } from '../../../kit/article-chip.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Input } from '../../../kit/controls/inputs.tsx'
import { formatMoment } from '../../../kit/formats.ts'
import { ProblemView } from '../../../kit/problem-view.tsx'
import { usePortalText } from '../../../text/use-text.ts'

/** Checks that are recorded before an entry is opened; nothing where the city, or this entry, asks for none. */
export function Checks({ entryId }: { entryId: string }) {
  const { t, say } = usePortalText()
  const { data } = useRoute(listPublicationChecks, { params: { entryId } })
  const record = useAct(recordPublicationCheck)
  const [note, setNote] = useState('')
  if (data === undefined || data.demanded.length === 0) return null
  const send = (kind: string, passed: boolean) =>
    record.mutate({ params: { entryId }, body: { kind, passed, note } }, { onSuccess: () => setNote('') })
  return (
    <div className="stack" data-testid="publication-checks">
      <h3>
        {t.checks.title} {data.article && <ArticleChip article={data.article} />}
      </h3>
      <p className="quiet">{t.checks.lead}</p>
      {data.canRecord && (
        <Input
          aria-label={t.checks.note}
          placeholder={t.checks.note}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      )}
      {data.demanded.map(({ key, term }) => {
        const newest = data.checks.find((check) => check.kind === key)
        return (
          <div key={key} className="row">
            <strong>{say(term)}</strong>
            <span>
              {newest === undefined
                ? t.checks.missing
                : `${newest.passed ? t.checks.passed : t.checks.failed} · ${t.checks.by(newest.checkedBy, formatMoment(newest.checkedAt))}${newest.current ? '' : ` · ${t.checks.outdated}`}`}
            </span>
            {data.canRecord && (
              <>
                <Button onClick={() => send(key, true)} busy={record.isPending}>
                  {t.checks.record}
                </Button>
                <Button danger onClick={() => send(key, false)} busy={record.isPending}>
                  {t.checks.recordFailed}
                </Button>
              </>
            )}
          </div>
        )
      })}
      {record.error instanceof ProblemError && <ProblemView problem={record.error.problem} />}
    </div>
  )
}
