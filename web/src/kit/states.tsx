import { ProblemError } from '@tiaoli/contract/client'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useText } from '../text/use-text.ts'
import { Button } from './controls/button.tsx'
import { ProblemView } from './problem-view.tsx'
import styles from './states.module.css'

/** Grey lines in the shape of what is coming; screen readers hear one sentence. */
export function Loading({ lines = 4 }: { lines?: number }) {
  const { t } = useText()
  return (
    <div className={styles.loading} role="status">
      <span className="visually-hidden">{t.common.loading}</span>
      {Array.from({ length: lines }, (_, line) => (
        // The lines are alike and never change places.
        <i key={line} style={{ width: `${[92, 78, 86, 64, 72][line % 5]}%` }} />
      ))}
      {/* A telephone begins to read what lies below only when somebody prints: the paper says what it lacks. */}
      <p className={styles.onPaper}>{t.common.notYetRead}</p>
    </div>
  )
}

/** Nothing here, why, and the one thing to do next. */
export function Empty({ title, children, next }: { title: string; children?: ReactNode; next?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <p className={styles.emptyTitle}>{title}</p>
      {children && <p className="quiet">{children}</p>}
      {next && <div className={styles.next}>{next}</div>}
    </div>
  )
}

/** A reading that failed: the problem in its own words, and a way to try again. */
export function Failure({ error, retry }: { error: Error; retry?: () => void }) {
  const { t, say } = useText()
  if (error instanceof ProblemError && error.problem.status === 404) {
    return (
      <div role="alert" data-testid="problem" data-code={error.problem.code}>
        <Empty title={say(error.problem.message)} next={<Link to="/search">{t.common.toCatalogue}</Link>}>
          {t.common.maybeNotSeen}
        </Empty>
      </div>
    )
  }
  return (
    <div className="stack">
      {error instanceof ProblemError ? (
        <ProblemView problem={error.problem} />
      ) : (
        <p role="alert">{t.common.noConnection}</p>
      )}
      {retry && (
        <div>
          <Button onClick={retry}>{t.common.retry}</Button>
        </div>
      )}
    </div>
  )
}

type Reading<T> = {
  readonly data: T | undefined
  readonly error: Error | null
  readonly refetch: () => unknown
}

/** Shows what was read, or honestly that it is coming or did not come. */
export function Await<T>({
  reading,
  lines,
  children,
}: {
  reading: Reading<T>
  lines?: number
  children: (data: T) => ReactNode
}) {
  if (reading.data !== undefined) return <>{children(reading.data)}</>
  if (reading.error) return <Failure error={reading.error} retry={() => void reading.refetch()} />
  return <Loading lines={lines ?? 4} />
}
