import { useState } from 'react'
import { EntryControl } from '../../../kit/act-form/entry-control.tsx'
import { AskedLine } from '../../../kit/asked-line.tsx'
import { Button } from '../../../kit/controls/button.tsx'
import { Field, type Option, Select } from '../../../kit/field.tsx'
import { useEveryOrganisation } from '../../../kit/organisations.ts'
import { useArticles } from '../../../kit/rulebook.ts'
import { usePortalText } from '../../../text/use-text.ts'
import { type RecordSearch, useRecordKinds } from '../ledger.queries.ts'

const asked = ['scenario', 'article', 'key'] as const
const chosen = ['kind', 'outcome', 'organisation'] as const

/** What is looked for among the records; what is found stands in the address of the page. */
export function RecordSearchForm(props: {
  value: RecordSearch
  onSearch: (search: RecordSearch) => void
  onClear: () => void
}) {
  const { t, say, language } = usePortalText()
  const [draft, setDraft] = useState(props.value)
  const put = (name: keyof RecordSearch, value: string) =>
    setDraft((before) => ({ ...before, [name]: value }))
  const organisations = useEveryOrganisation()
  const articles = useArticles()
  const kinds = useRecordKinds()
  const choices = {
    kind: {
      placeholder: t.recordSearch.kindAny,
      help: undefined,
      options: (kinds.data?.items ?? [])
        .map(({ kind, title }) => ({ value: kind, label: say(title) }))
        .sort((one, other) => one.label.localeCompare(other.label, language)),
    },
    outcome: {
      placeholder: t.recordSearch.outcomeAny,
      help: undefined,
      options: [
        ...optionsOf(t.recordSearch.outcomeOf),
        ...optionsOf(t.recordSearch.refusals, (words) => `${t.recordSearch.refused}：${words}`),
      ],
    },
    organisation: {
      placeholder: t.recordSearch.organisationAny,
      help: t.recordSearch.organisationHelp,
      options: (organisations.data ?? []).map(({ id, name }) => ({ value: id, label: say(name) })),
    },
  }
  return (
    <details
      className="no-print"
      open={['entry' as const, ...asked, ...chosen].some((name) => props.value[name])}
    >
      <summary>{t.recordSearch.open}</summary>
      <form
        className="stack measure"
        onSubmit={(event) => {
          event.preventDefault()
          props.onSearch(draft)
        }}
      >
        <Field id="search-entry" label={t.recordSearch.entry} optional>
          <EntryControl
            id="search-entry"
            value={draft.entry ?? ''}
            onChange={(entry) => put('entry', entry)}
          />
        </Field>
        {asked.map((name) => (
          <AskedLine
            key={name}
            id={`search-${name}`}
            label={t.recordSearch[name]}
            help={name === 'article' ? t.recordSearch.articleHelp : undefined}
            optional
            maxLength={name === 'scenario' ? 500 : 60}
            list={name === 'article' ? 'search-articles' : undefined}
            value={draft[name] ?? ''}
            onChange={(value) => put(name, value)}
          />
        ))}
        <datalist id="search-articles">
          {(articles.data?.items ?? []).map(({ id, title }) => (
            <option key={id} value={id}>
              {say(title)}
            </option>
          ))}
        </datalist>
        {chosen.map((name) => {
          const { help, placeholder, options } = choices[name]
          return (
            <Field key={name} id={`search-${name}`} label={t.recordSearch[name]} help={help} optional>
              <Select
                id={`search-${name}`}
                placeholder={placeholder}
                value={draft[name] ?? ''}
                options={options}
                onChange={(value) => put(name, value)}
              />
            </Field>
          )
        })}
        {(['from', 'before'] as const).map((name) => (
          <AskedLine
            key={name}
            id={`search-${name}`}
            label={t.recordSearch[name]}
            optional
            type="date"
            value={draft[name] ?? ''}
            onChange={(value) => put(name, value)}
          />
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

const optionsOf = (
  words: Readonly<Record<string, string>>,
  said: (words: string) => string = (plain) => plain,
): Option[] => Object.entries(words).map(([value, label]) => ({ value, label: said(label) }))
