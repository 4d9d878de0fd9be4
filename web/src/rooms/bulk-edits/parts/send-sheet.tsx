import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { ChooseFile } from '../../../kit/controls/choose-file.tsx'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { sendSheet } from '../bulk-edits.queries.ts'

/** Takes the edited sheet and goes to its preview. */
export function SendSheet() {
  const { t } = useDeskText()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Error | null>(null)

  async function send(file: File) {
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
  }

  return (
    <>
      {failure && <Failure error={failure} />}
      <ChooseFile
        primary
        accept=".xlsx"
        busy={busy}
        testId="bulk-edit-file"
        onChoose={(file) => void send(file)}
      />
      {busy && <p role="status">{t.bulkEdits.reading}</p>}
    </>
  )
}
