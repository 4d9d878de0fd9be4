import type { SourceSystem } from '@tiaoli/contract/connections'
import { useDeskText } from '../../../text/use-text.ts'

/** The state of a connection in words, with what is wrong with it. */
export function SystemState({ system }: { system: SourceSystem }) {
  const { t } = useDeskText()
  const { state, stale, failure } = system
  const words = [
    t.sources.states[state],
    ...(stale ? [t.sources.stale] : []),
    ...(failure && state !== 'connected' ? [t.sources.failures[failure]] : []),
  ].join(t.sources.and)
  return state === 'broken' || stale ? <strong>{words}</strong> : <span>{words}</span>
}
