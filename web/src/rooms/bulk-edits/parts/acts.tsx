import type { BulkEdit } from '@tiaoli/contract/bulk-edits'
import { ProblemError } from '@tiaoli/contract/client'
import { useState } from 'react'
import { AskedLines } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useApply, useHandIn, useUndo } from '../bulk-edits.queries.ts'

/** What can be done about a sheet, each act with what follows from it. */
export function Acts({ edit }: { edit: BulkEdit }) {
  const { t } = useDeskText()
  const apply = useApply()
  const undo = useUndo()
  const params = { bulkEditId: edit.id }
  const othersLeft = undo.error instanceof ProblemError && undo.error.problem.code === 'changed-meanwhile'
  return (
    <div className="stack">
      {apply.error && <Failure error={apply.error} />}
      {undo.error && <Failure error={undo.error} />}
      {edit.acts.includes('apply') && (
        <>
          <p>{t.bulkEdits.applyFollows(edit.counts.change)}</p>
          <div>
            <Button primary busy={apply.isPending} onClick={() => apply.mutate({ params })}>
              {t.bulkEdits.apply}
            </Button>
          </div>
        </>
      )}
      {edit.acts.includes('hand-in') && <HandIn edit={edit} />}
      {edit.acts.includes('undo') && (
        <>
          <p className="small">{t.bulkEdits.undoFollows}</p>
          <div className="row">
            <Button
              danger
              busy={undo.isPending}
              onClick={() => undo.mutate({ params, body: { partly: false } })}
            >
              {t.bulkEdits.undo}
            </Button>
            {othersLeft && (
              <Button
                danger
                busy={undo.isPending}
                onClick={() => undo.mutate({ params, body: { partly: true } })}
              >
                {t.bulkEdits.undoOthers}
              </Button>
            )}
          </div>
        </>
      )}
    </div>
  )
}

/** Hands the entries in, some at a time, until every one was tried. */
function HandIn({ edit }: { edit: BulkEdit }) {
  const { t } = useDeskText()
  const handIn = useHandIn()
  const [note, setNote] = useState('')
  const [done, setDone] = useState<number | null>(null)

  async function run() {
    const from = edit.counts['handed-in']
    setDone(0)
    try {
      for (let after: number | null = -1; after !== null; ) {
        const answer = await handIn.mutateAsync({ params: { bulkEditId: edit.id }, body: { note, after } })
        setDone(answer.counts['handed-in'] - from)
        after = answer.next
      }
    } catch {
      // The act keeps its error, and it is shown above.
    }
    setDone(null)
  }

  return (
    <>
      {handIn.error && <Failure error={handIn.error} />}
      <p>{t.bulkEdits.handInFollows}</p>
      <AskedLines
        id="hand-in-note"
        label={t.bulkEdits.note}
        rows={2}
        maxLength={1000}
        value={note}
        onChange={setNote}
      />
      <div>
        <Button primary busy={done !== null} onClick={() => void run()}>
          {t.bulkEdits.handIn}
        </Button>
      </div>
      {done !== null && <p role="status">{t.bulkEdits.handing(done)}</p>}
    </>
  )
}
