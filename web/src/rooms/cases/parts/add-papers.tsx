import type { audiences } from '@tiaoli/contract/casefiles'
import { useState } from 'react'
import { AskedLines } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { ChooseFile } from '../../../kit/controls/choose-file.tsx'
import { Field, Select } from '../../../kit/field.tsx'
import { useSession } from '../../../kit/session.ts'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useAddAttachment, useAddComment } from '../cases.queries.ts'

type Audience = (typeof audiences)[number]

/** A comment or a file, for one's own side or for every party. */
export function AddPapers({ caseId }: { caseId: string }) {
  const { t } = useDeskText()
  const comment = useAddComment()
  const attach = useAddAttachment()
  const [body, setBody] = useState('')
  const { data: session } = useSession()
  const [picked, setAudience] = useState<Audience | null>(null)
  // A person has no colleagues: what they write is for the other side.
  const audience = picked ?? (session?.user?.organisation == null ? 'all' : 'side')
  const failure = comment.error ?? attach.error
  return (
    <form
      className="stack no-print"
      aria-label={t.papers.comment}
      onSubmit={(event) => {
        event.preventDefault()
        comment.mutate({ params: { caseId }, body: { body, audience } }, { onSuccess: () => setBody('') })
      }}
    >
      <AskedLines
        id="paper-body"
        label={t.papers.comment}
        help={t.papers.attachHelp}
        rows={2}
        maxLength={2000}
        value={body}
        onChange={setBody}
      />
      <Field id="paper-audience" label={t.papers.audience}>
        <Select
          id="paper-audience"
          options={(['side', 'all'] as const).map((value) => ({ value, label: t.papers.audiences[value] }))}
          value={audience}
          onChange={(value) => setAudience(value as Audience)}
        />
      </Field>
      {failure && <Failure error={failure} />}
      <div className="row">
        <Button type="submit" busy={comment.isPending} disabled={body.trim() === ''}>
          {t.papers.send}
        </Button>
        <ChooseFile
          words={t.papers.attach}
          busy={attach.isPending}
          onChoose={(chosen) =>
            // What stands in the box goes along as the note of the file.
            attach.mutate(
              {
                params: { caseId },
                query: { filename: chosen.name, note: body.trim().slice(0, 500), audience },
                file: chosen,
              },
              { onSuccess: () => setBody('') },
            )
          }
        />
      </div>
    </form>
  )
}
