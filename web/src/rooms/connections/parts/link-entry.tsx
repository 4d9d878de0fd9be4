import { listEntries } from '@tiaoli/contract/catalogue'
import { useState } from 'react'
import { ActDrawer } from '../../../kit/act-drawer.tsx'
import { useRoute } from '../../../kit/api.ts'
import { Button } from '../../../kit/controls/button.tsx'
import { Checkbox } from '../../../kit/controls/checkbox.tsx'
import { Select } from '../../../kit/field.tsx'
import { useSession } from '../../../kit/session.ts'
import { Failure } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { useLinkEntry } from '../connections.queries.ts'
import { tableOf, tableQuestions } from '../system-questions.ts'

/** Links one of the body's own entries; with `mayStay` its rows can be left in the system. */
export function LinkEntry({
  systemId,
  mayStay,
  inDatabase,
}: {
  systemId: string
  mayStay: boolean
  inDatabase: boolean
}) {
  const { t } = useDeskText()
  const { data: session } = useSession()
  const own = session?.user?.organisation?.id
  const { data: entries } = useRoute(
    listEntries,
    { query: { organisation: own ?? '', limit: 100 } },
    { enabled: own !== undefined },
  )
  const link = useLinkEntry()
  const params = { systemId }
  const [entryId, setEntryId] = useState('')
  const [atSource, setAtSource] = useState(false)
  return (
    <div className="stack">
      <div className="row">
        <Select
          aria-label={t.sources.chooseEntry}
          value={entryId}
          placeholder={t.sources.chooseEntry}
          options={(entries?.items ?? []).map(({ id, title }) => ({ value: id, label: title }))}
          onChange={setEntryId}
        />
        {inDatabase && entryId !== '' && (
          <ActDrawer
            title={t.sources.link}
            draftKey={`link.${systemId}.${entryId}`}
            fields={tableQuestions}
            follows={<p>{t.sources.linkFollows}</p>}
            onSubmit={(answers) =>
              link.mutateAsync({ params, body: { entryId, atSource, table: tableOf(answers) } })
            }
          />
        )}
        {!inDatabase && (
          <Button
            disabled={entryId === ''}
            busy={link.isPending}
            onClick={() => link.mutate({ params, body: { entryId, atSource, table: null } })}
          >
            {t.sources.link}
          </Button>
        )}
      </div>
      {mayStay && (
        <Checkbox checked={atSource} onChange={(event) => setAtSource(event.target.checked)}>
          {t.sources.keepAtSource}
        </Checkbox>
      )}
      {link.error && <Failure error={link.error} />}
    </div>
  )
}
