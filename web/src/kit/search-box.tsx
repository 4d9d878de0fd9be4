import { type Suggestion, suggestEntries } from '@tiaoli/contract/catalogue'
import { useEffect, useId, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useText } from '../text/use-text.ts'
import { useRoute } from './api.ts'
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
  const list = useId()
  const [search] = useSearchParams()
  const asked = search.get('q') ?? ''
  const [words, setWords] = useState(asked)
  const [open, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  useEffect(() => setWords(asked), [asked])
  const items = useSuggestions(words, open)
  const shown = open && items.length > 0
  const chosen = shown ? items[active] : undefined

  function find(q: string) {
    setOpen(false)
    setActive(-1)
    const next = new URLSearchParams(search)
    if (q.trim()) next.set('q', q.trim())
    else next.delete('q')
    void navigate(`/search?${next}`)
  }

  function choose({ kind, id, text }: Suggestion) {
    setOpen(false)
    setActive(-1)
    if (kind === 'word') find(say(text))
    else if (kind === 'entry') void navigate(`/entries/${id}`)
    else void navigate(`/search?${new URLSearchParams({ organisation: id ?? '' })}`)
  }

  function onKeyDown(event: React.KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setOpen(true)
      const places = items.length + 1
      // Below the last comes what was typed, and then the first again.
      if (items.length > 0) setActive((now) => ((now + 1 + step + places) % places) - 1)
    } else if (event.key === 'Escape' && shown) {
      event.preventDefault()
      setOpen(false)
      setActive(-1)
    } else if (event.key === 'Enter' && chosen !== undefined && !event.nativeEvent.isComposing) {
      event.preventDefault()
      choose(chosen)
    }
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
          role="combobox"
          aria-expanded={shown}
          aria-controls={list}
          aria-autocomplete="list"
          aria-activedescendant={chosen === undefined ? undefined : `${list}-${active}`}
          value={words}
          placeholder={t.search.example}
          autoComplete="off"
          onChange={(event) => {
            setWords(event.target.value)
            setActive(-1)
            setOpen(true)
          }}
          onKeyDown={onKeyDown}
          onBlur={() => setOpen(false)}
        />
        <span className={styles.hint} aria-hidden="true">
          /
        </span>
        <button type="submit">{t.search.search}</button>
        <div
          id={list}
          role="listbox"
          tabIndex={-1}
          aria-label={t.search.suggestions}
          className={styles.suggestions}
          hidden={!shown}
        >
          {items.map((item, index) => (
            // The pointer must not take the cursor out of the box before the choice is made.
            <div
              key={`${item.kind} ${item.id ?? say(item.text)}`}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(item)}
              onKeyDown={onKeyDown}
            >
              <span>{say(item.text)}</span>
              <span className={styles.kind}>{t.search.kinds[item.kind]}</span>
            </div>
          ))}
        </div>
        <span role="status" className="visually-hidden">
          {shown ? t.search.suggested(items.length) : ''}
        </span>
      </form>
    </search>
  )
}
