import type { HarvestRun } from '@tiaoli/contract/harvesting'
import { formatMoment } from '../../../kit/formats.ts'
import { useDeskText } from '../../../text/use-text.ts'

/** How a run went, in a word and its reason. */
export function RunState({ run }: { run: HarvestRun | null }) {
  const { t } = useDeskText()
  if (run === null) return <span className="quiet">{t.harvesting.never}</span>
  const words = [t.harvesting.modes[run.mode], t.harvesting.states[run.state]]
  return (
    <>
      {words.join(' · ')}
      {run.failure && ` · ${t.harvesting.failures[run.failure]}`}{' '}
      <span className="quiet">{formatMoment(run.endedAt ?? run.createdAt)}</span>
    </>
  )
}
