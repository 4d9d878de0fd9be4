import type { ReactNode } from 'react'
import styles from './page.module.css'
import { useArrival } from './use-arrival.ts'
import { useTitle } from './use-title.ts'

/** A page: its title, what it is for in a sentence, and its main act at the side. */
export function Page(props: {
  title: string
  lead?: ReactNode
  above?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  useTitle(props.title)
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          {props.above && <div className={styles.above}>{props.above}</div>}
          <h1>{props.title}</h1>
          {props.lead && <p className={styles.lead}>{props.lead}</p>}
        </div>
        {props.actions && <div className="row no-print">{props.actions}</div>}
      </header>
      {props.children}
    </div>
  )
}

/** A part of a page, with its heading in the margin as in an annotated document. */
export function Section(props: { title: ReactNode; id?: string; note?: ReactNode; children: ReactNode }) {
  useArrival(props.id)
  return (
    <section className={styles.section} id={props.id}>
      <div className={styles.marginal}>
        <h2>{props.title}</h2>
        {props.note && <div className={`quiet small ${styles.note}`}>{props.note}</div>}
      </div>
      <div className={styles.body}>{props.children}</div>
    </section>
  )
}
