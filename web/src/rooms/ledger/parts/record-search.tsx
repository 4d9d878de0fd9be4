import { useState } from 'react'
import { Button } from '../../../kit/controls/button.tsx'
import { Input } from '../../../kit/controls/inputs.tsx'
import { Field } from '../../../kit/field.tsx'
import { useText } from '../../../text/use-text.ts'
import type { RecordSearch } from '../ledger.queries.ts'

const asked = ['scenario', 'outcome', 'article', 'organisation', 'key'] as const

/** What is looked for among the records; what is found stands in the address of the page. */
export function RecordSearchForm(props: {
  value: RecordSearch
  onSearch: (search: RecordSearch) => void
  onClear: () => void
}) {
  const { t } = useText()
  const [draft, setDraft] = useState(props.value)
  const put = (name: keyof RecordSearch, value: string) =>
    setDraft((before) => ({ ...before, [name]: value }))
  const help: Partial<Record<(typeof asked)[number], string>> = {
    outcome: t.recordSearch.outcomeHelp,
    article: t.recordSearch.articleHelp,
    organisation: t.recordSearch.organisationHelp,
  }
  return (
    <details className="no-print" open={asked.some((name) => props.value[name])}>
      <summary>{t.recordSearch.open}</summary>
      <form
        className="stack measure"
        onSubmit={(event) => {
          event.preventDefault()
          props.onSearch(draft)
        }}
      >
        {asked.map((name) => (
          <Field key={name} id={`search-${name}`} label={t.recordSearch[name]} help={help[name]} optional>
            <Input
              id={`search-${name}`}
              maxLength={name === 'scenario' ? 500 : 60}
              value={draft[name] ?? ''}
              onChange={(event) => put(name, event.target.value)}
            />
          </Field>
        ))}
        {(['from', 'before'] as const).map((name) => (
          <Field key={name} id={`search-${name}`} label={t.recordSearch[name]} optional>
            <Input
              id={`search-${name}`}
              type="date"
              value={draft[name] ?? ''}
              onChange={(event) => put(name, event.target.value)}
            />
          </Field>
        ))}
        <label className="row">
          <input
            type="checkbox"
            checked={draft.accesses === 'true'}
            onChange={(event) => put('accesses', event.target.checked ? 'true' : '')}
          />
          {t.recordSearch.accesses}
        </label>
        <div className="row">
          <Button primary type="submit">
            {t.recordSearch.find}
          </Button>
          <Button
            onClick={() => {
              setDraft({})
              props.onClear()
            }}
          >
            {t.recordSearch.clear}
          </Button>
        </div>
      </form>
    </details>
  )
}
