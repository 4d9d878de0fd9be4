import { useState } from 'react'
import { useNavigate } from 'react-router'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Page } from '../../../kit/page.tsx'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useCreateEntry } from '../catalogue.queries.ts'

/** One question begins an entry; everything else is asked on its own page, where it saves itself. */
export default function NewEntryPage() {
  const { t } = useDeskText()
  const navigate = useNavigate()
  const create = useCreateEntry()
  const [title, setTitle] = useState('')

  function submit(event: React.FormEvent) {
    event.preventDefault()
    create.mutate(
      { body: { title } },
      { onSuccess: (entry) => void navigate(`/desk/entries/${entry.id}/edit`, { replace: true }) },
    )
  }

  return (
    <Page title={t.editor.create} lead={t.editor.createLead}>
      <form className="stack measure" aria-label={t.editor.create} onSubmit={submit}>
        <AskedLine
          id="title"
          label={t.editor.title}
          help={t.editor.titleHelp}
          required
          maxLength={200}
          value={title}
          onChange={setTitle}
        />
        {create.error && <Failure error={create.error} />}
        <div>
          <Button primary type="submit" busy={create.isPending} disabled={title.trim() === ''}>
            {t.editor.begin}
          </Button>
        </div>
      </form>
    </Page>
  )
}
