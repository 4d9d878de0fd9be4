import type { BatchMode } from '@tiaoli/contract/aggregation'
import { ProblemError } from '@tiaoli/contract/client'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { Button } from '../../../kit/controls/button.tsx'
import { ChooseFile } from '../../../kit/controls/choose-file.tsx'
import { formatBytes } from '../../../kit/formats.ts'
import { ProgressBar } from '../../../kit/progress-bar.tsx'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { type Sending, sendFile } from '../send-file.ts'
import { ChooseSchema, type ChosenSchema } from './choose-schema.tsx'
import styles from './drop-file.module.css'

const accepted = '.csv,.txt,.tsv,.xlsx,.xls,.et,.ods,.json,.ndjson,.jsonl,.geojson,.parquet,.zip,.gz'

/** Takes one file, by dropping or by choosing, and goes to its batch as soon as it has arrived. */
export function DropFile({ entryId, mode }: { entryId: string; mode: BatchMode }) {
  const { t } = useDeskText()
  const navigate = useNavigate()
  const sending = useRef<Sending | null>(null)
  const [file, setFile] = useState<File | null>(null)
  const [fraction, setFraction] = useState(0)
  const [over, setOver] = useState(false)
  const [schema, setSchema] = useState<ChosenSchema | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)

  const faulty = schema !== null && 'fault' in schema

  async function send(chosen: File | undefined) {
    if (!chosen || faulty) return
    setFile(chosen)
    setFailure(null)
    setFraction(0)
    sending.current = sendFile(entryId, chosen, { mode, descriptor: schema?.descriptor }, setFraction)
    try {
      const batch = await sending.current.done
      await navigate(`/desk/batches/${batch.id}`)
    } catch (error) {
      setFile(null)
      const place = placeInSchema(error)
      if (schema !== null && place !== undefined)
        setSchema({ name: schema.name, fault: t.tableSchema.notValid(place) })
      else setFailure(error as Error)
    }
  }

  function cancel() {
    sending.current?.cancel()
    setFile(null)
  }

  if (file) {
    return (
      <div className="stack">
        <ProgressBar
          label={t.batch.sending(file.name)}
          fraction={fraction}
          note={`${formatBytes(file.size * fraction)} / ${formatBytes(file.size)}`}
        />
        <p className="quiet">{t.batch.stayWhileSending}</p>
        <div>
          <Button onClick={cancel}>{t.batch.stopSending}</Button>
        </div>
      </div>
    )
  }
  return (
    <div className="stack">
      {failure && <Failure error={failure} />}
      <ChooseSchema chosen={schema} onChange={setSchema} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the button within does the same */}
      <div
        className={styles.drop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          void send(event.dataTransfer.files[0])
        }}
      >
        <p>{t.batch.drop}</p>
        <ChooseFile
          primary
          accept={accepted}
          disabled={faulty}
          testId="upload-file"
          onChoose={(file) => void send(file)}
        />
        <p className="quiet small">{t.batch.formats}</p>
      </div>
    </div>
  )
}

/** Where a schema is at fault, if that is what the file was refused for. */
function placeInSchema(error: unknown): string | undefined {
  const faults = error instanceof ProblemError ? error.problem.errors : undefined
  return faults?.find(({ path }) => path.startsWith('descriptor'))?.path.replace(/^descriptor\.?/, '')
}
