import type { Case } from '@tiaoli/contract/cases'
import { civilDateOf } from '@tiaoli/kernel/instants'
import { WaitsFor } from '../../../kit/case-timeline.tsx'
import { clockTone } from '../../../kit/clock-words.ts'
import { formatDay } from '../../../kit/formats.ts'
import { SourceChip } from '../../../kit/source-chip.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import styles from './what-next.module.css'

/** For whoever reads the case: who is to act now and by when, and what the reader must or may do meanwhile. */
export function WhatNext({ found }: { found: Case }) {
  const { t, say, language } = usePortalText()
  const today = civilDateOf(new Date())
  const running = found.clocks.filter((clock) => clock.running)
  const open = found.acts.filter(({ blocked }) => blocked === null)
  const names = (acts: typeof open) => acts.map(({ title }) => say(title)).join(t.common.listSeparator)
  return (
    <>
      <WaitsFor found={found} />
      {running.length > 0 && (
        <ul className={styles.dates}>
          {running.map((clock) => {
            const owner = say(clock.owner.organisation?.name ?? clock.owner.role)
            const title = say(clock.title)
            return (
              <li key={clock.key} data-tone={clockTone(clock)}>
                {clock.pausedOn !== null
                  ? t.cases.next.paused(title)
                  : clock.dueOn === null
                    ? t.cases.next.undated(owner, title)
                    : clock.overdue
                      ? t.cases.next.overdue(owner, title, formatDay(clock.dueOn, language, today))
                      : t.cases.next.due(owner, title, formatDay(clock.dueOn, language, today))}{' '}
                <SourceChip of={clock} />
              </li>
            )
          })}
        </ul>
      )}
      <p className={styles.mine}>
        {open.length === 0
          ? t.cases.next.nothing
          : found.waitsForMe
            ? t.cases.next.must(names(open))
            : t.cases.next.may(names(open))}
      </p>
    </>
  )
}
