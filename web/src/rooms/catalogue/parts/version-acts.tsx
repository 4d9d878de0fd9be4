import type { SnapshotView } from '@tiaoli/contract/catalogue'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { usePin, useRestore, useUnpin } from '../versions.queries.ts'

/** What a steward of the provider may do with a version: keep it against its end, or make it the live one again. */
export function VersionActs({ entryId, version }: { entryId: string; version: SnapshotView }) {
  const { t } = useDeskText()
  const navigate = useNavigate()
  const [note, setNote] = useState('')
  const [pin, unpin, restore] = [usePin(), useUnpin(), useRestore()]
  const params = { entryId, snapshotId: version.id }
  const said = note.trim()
  const error = pin.error ?? unpin.error ?? restore.error
  const bringBack = () =>
    restore.mutate(
      { params, body: { note: said } },
      { onSuccess: ({ number }) => void navigate(`/entries/${entryId}/snapshots/${number}`) },
    )
  return (
    <div className="stack">
      {error && <Failure error={error} />}
      <AskedLine id="version-note" label={t.versions.note} value={note} maxLength={300} onChange={setNote} />
      {!version.live && <p className="quiet">{t.versions.restoreHelp}</p>}
      <div className="row">
        {version.pinned === null ? (
          <Button
            disabled={said === ''}
            busy={pin.isPending}
            onClick={() => pin.mutate({ params, body: { note: said } })}
          >
            {t.versions.pin}
          </Button>
        ) : (
          <Button busy={unpin.isPending} onClick={() => unpin.mutate({ params })}>
            {t.versions.unpin}
          </Button>
        )}
        {!version.live && (
          <Button danger disabled={said === ''} busy={restore.isPending} onClick={bringBack}>
            {t.versions.restore}
          </Button>
        )}
      </div>
    </div>
  )
}
