import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { Button } from '../../../kit/controls/button.tsx'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { sendSheet } from '../bulk-edits.queries.ts'

/** Takes the edited sheet and goes to its preview. */
export function SendSheet() {
  const { t } = useDeskText()
  const navigate = useNavigate()
  const client = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Error | null>(null)

  async function send(file: File | undefined) {
    if (file === undefined) return
    setBusy(true)
    setFailure(null)
    try {
      const { id } = await sendSheet(file)
      await client.invalidateQueries()
      await navigate(`/desk/bulk-edits/${id}`)
    } catch (error) {
      setFailure(error as Error)
      setBusy(false)
    }
    // The same file may be chosen again, after it was mended.
    if (input.current) input.current.value = ''
  }

  return (
    <>
      {failure && <Failure error={failure} />}
      <div>
        <Button primary busy={busy} onClick={() => input.current?.click()}>
          {t.bulkEdits.choose}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".xlsx"
          aria-label={t.bulkEdits.choose}
          className="visually-hidden"
          tabIndex={-1}
          data-testid="bulk-edit-file"
          onChange={(event) => void send(event.target.files?.[0])}
        />
      </div>
      {busy && <p role="status">{t.bulkEdits.reading}</p>}
    </>
  )
}
