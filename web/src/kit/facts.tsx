import type { ReactNode } from 'react'
import styles from './facts.module.css'

/** Names and values. A fact without a value is left out rather than shown as a dash. */
export function Facts({
  facts,
  beside = false,
}: {
  facts: ReadonlyArray<readonly [name: string, value: ReactNode]>
  /** Two facts beside each other where there is room. */
  beside?: boolean
}) {
  const known = facts.filter(
    ([, value]) => value !== null && value !== undefined && value !== '' && value !== false,
  )
  return (
    <dl className={styles.facts} data-beside={beside}>
      {known.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
