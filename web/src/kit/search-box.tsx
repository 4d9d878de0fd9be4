import { type Suggestion, suggestEntries } from '@tiaoli/contract/catalogue'
import { useEffect, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useText } from '../text/use-text.ts'
import { useRoute } from './api.ts'
import listed from './controls/options.module.css'
import { useOptions } from './controls/use-options.ts'
import styles from './search-box.module.css'

/** How long somebody pauses before suggestions are asked for. */
const pauseMs = 150

/** What is offered for words that somebody types; nothing while they are those of the page already. */
function useSuggestions(words: string, wanted: boolean): readonly Suggestion[] {
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words.trim().slice(0, 100)), pauseMs)
    return () => clearTimeout(timer)
  }, [words])
  const enabled = wanted && asked !== ''
  const { data } = useRoute(suggestEntries, { query: { q: asked } }, { enabled, staleTime: 60_000 })
  return enabled && words.trim() !== '' ? (data?.items ?? []) : []
}

/** The search of the catalogue, with suggestions to choose from by arrow keys or by hand. `/` brings the cursor here. */
export function SearchBox({ large = false }: { large?: boolean }) {
  const { t, say } = useText()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const asked = search.get('q') ?? ''
  const [words, setWords] = useState(asked)
  useEffect(() => setWords(asked), [asked])
  const [wanted, setWanted] = useState(false)
  const items = useSuggestions(words, wanted)
  const options = useOptions(items, choose)

  function find(q: string) {
    options.close()
    const next = new URLSearchParams(search)
    if (q.trim()) next.set('q', q.trim())
    else next.delete('q')
    void navigate(`/search?${next}`)
  }

  function choose({ kind, id, text }: Suggestion) {
    if (kind === 'word') find(say(text))
    else if (kind === 'entry') void navigate(`/entries/${id}`)
    else void navigate(`/search?${new URLSearchParams({ organisation: id ?? '' })}`)
  }

  return (
    <search>
      <form
        className={styles.box}
        data-large={large}
        onSubmit={(event) => {
          event.preventDefault()
          find(words)
        }}
      >
        <label className="visually-hidden" htmlFor="catalogue-search">
          {t.search.label}
        </label>
        <input
          id="catalogue-search"
          type="search"
          {...options.box}
          value={words}
          placeholder={t.search.example}
          onChange={(event) => {
            setWords(event.target.value)
            setWanted(true)
            options.typed()
          }}
        />
        <span className={styles.hint} aria-hidden="true">
          /
        </span>
        <button type="submit">{t.search.search}</button>
        <div role="listbox" {...options.listbox} aria-label={t.search.suggestions} className={listed.options}>
          {items.map((item, index) => (
            <div key={`${item.kind} ${item.id ?? say(item.text)}`} {...options.option(item, index)}>
              <span>{say(item.text)}</span>
              <span className={listed.kind}>{t.search.kinds[item.kind]}</span>
            </div>
          ))}
        </div>
        <span role="status" className="visually-hidden">
          {options.shown ? t.search.suggested(items.length) : ''}
        </span>
      </form>
    </search>
  )
}
