import type { Batch } from '@tiaoli/contract/aggregation'
import type { Text } from '@tiaoli/kernel/text'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { Section } from '../../../kit/page.tsx'
import { Await } from '../../../kit/states.tsx'
import { useDeskText } from '../../../text/use-text.ts'
import { Timeliness } from './timeliness.tsx'

/** A way by which rows come in by themselves: what is set up, and folded away, as few need it, the form for one more. */
export function Ways<Item>({
  words,
  reading,
  known,
  children,
}: {
  words: { readonly title: string; readonly note: string; readonly none: string; readonly create: string }
  reading: React.ComponentProps<typeof Await<{ readonly items: readonly Item[] }>>['reading']
  known: (items: readonly Item[]) => ReactNode
  /** The form. */
  children: ReactNode
}) {
  return (
    <Section title={words.title} note={words.note}>
      <div className="stack">
        <Await reading={reading}>
          {({ items }) => (items.length === 0 ? <p className="quiet">{words.none}</p> : known(items))}
        </Await>
        <details>
          <summary>{words.create}</summary>
          {children}
        </details>
      </div>
    </Section>
  )
}

/** How it stands with one of them: its state, why it fails, whether its rows are late, and the batch that it made last. */
export function WayState({
  state,
  failure,
  batchId,
  batchState,
  dueBefore,
  late,
}: {
  state: string
  failure: Text | null
  batchId: string | null
  batchState: Batch['state'] | null
  dueBefore: string | null
  late: boolean
}) {
  const { t, say } = useDeskText()
  return (
    <>
      {state}
      {failure && <p className="small">{say(failure)}</p>}
      <Timeliness dueBefore={dueBefore} late={late} />
      {batchId && (
        <p className="small">
          <Link to={`/desk/batches/${batchId}`}>{t.pulls.lastBatch}</Link>
          {batchState && batchState !== 'live' && ` ${t.batch.states[batchState]}`}
        </p>
      )}
    </>
  )
}
