import type { Text } from '@tiaoli/kernel/text'
import { useState } from 'react'
import { useText } from '../../../text/use-text.ts'
import styles from './facets.module.css'

const names = ['theme', 'opening', 'sharing', 'organisation'] as const
type FacetName = (typeof names)[number]
type Values = ReadonlyArray<{ key: string; title: Text; count: number }>

type Props = {
  facets: Record<FacetName, Values>
  chosen: (name: string) => string | undefined
  onChoose: (name: string, value: string | null) => void
}

/** Narrows a search; each value says how many it would leave. Folded away on a phone. */
export function Facets(props: Props) {
  const { t } = useText()
  const wide = typeof window !== 'undefined' && window.matchMedia('(min-width: 861px)').matches
  return (
    <details className={styles.facets} open={wide}>
      <summary>{t.search.narrow}</summary>
      {names.map((name) => (
        <Facet
          key={name}
          name={name}
          values={props.facets[name]}
          chosen={props.chosen(name)}
          onChoose={(value) => props.onChoose(name, value)}
        />
      ))}
    </details>
  )
}

const shownAtFirst = 8

function Facet(props: {
  name: FacetName
  values: Values
  chosen: string | undefined
  onChoose: (value: string | null) => void
}) {
  const { t, say } = useText()
  const [all, showAll] = useState(false)
  const { name, values, chosen } = props
  if (values.length === 0) return null
  const titleOf = (key: string, title: Text) =>
    name === 'theme' ? (t.themes[key as keyof typeof t.themes] ?? say(title)) : say(title)
  return (
    <fieldset className={styles.facet}>
      <legend>{t.search.facets[name]}</legend>
      <ul>
        {(all ? values : values.slice(0, shownAtFirst)).map(({ key, title, count }) => (
          <li key={key}>
            <button
              type="button"
              aria-pressed={chosen === key}
              onClick={() => props.onChoose(chosen === key ? null : key)}
            >
              <span>{titleOf(key, title)}</span>
              <span className="number">{count}</span>
            </button>
          </li>
        ))}
      </ul>
      {!all && values.length > shownAtFirst && (
        <button type="button" className={styles.all} onClick={() => showAll(true)}>
          {t.search.showAll(values.length)}
        </button>
      )}
    </fieldset>
  )
}
