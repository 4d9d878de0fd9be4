import { useEffect, useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useText } from '../text/use-text.ts'
import styles from './search-box.module.css'

/** The search of the catalogue. `/` brings the cursor here from anywhere. */
export function SearchBox({ large = false }: { large?: boolean }) {
  const { t } = useText()
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const asked = search.get('q') ?? ''
  const [words, setWords] = useState(asked)
  useEffect(() => setWords(asked), [asked])

  function submit(event: React.FormEvent) {
    event.preventDefault()
    const next = new URLSearchParams(search)
    if (words.trim()) next.set('q', words.trim())
    else next.delete('q')
    void navigate(`/search?${next}`)
  }

  return (
    <search>
      <form className={styles.box} data-large={large} onSubmit={submit}>
        <label className="visually-hidden" htmlFor="catalogue-search">
          {t.search.label}
        </label>
        <input
          id="catalogue-search"
          type="search"
          value={words}
          placeholder={t.search.example}
          autoComplete="off"
          onChange={(event) => setWords(event.target.value)}
        />
        <span className={styles.hint} aria-hidden="true">
          /
        </span>
        <button type="submit">{t.search.search}</button>
      </form>
    </search>
  )
}
