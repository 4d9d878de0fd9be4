import type { AccessPlan, Entry } from '@tiaoli/contract/catalogue'
import { Suspense, useRef } from 'react'
import { usePortalText } from '../../text/use-text.ts'
import { formatMoment } from '../formats.ts'
import { Loading } from '../states.tsx'
import { useDataState } from './data-state.ts'
import { DataTable } from './data-table.tsx'
import { conditionWords } from './filters.tsx'
import { DataMap, DataPlot } from './later.ts'
import type { TakePicture } from './picture/picture.types.ts'

type Props = { entry: Entry; now: NonNullable<AccessPlan['now']> }

/** One view as it was chosen, with its source; it cannot be changed, but for what a table itself does. */
export function EmbeddedView({ entry, now }: Props) {
  const { t, say } = usePortalText()
  const [state, change] = useDataState()
  const picture = useRef<TakePicture | null>(null)
  const clear = new Set(now.fields.filter(({ mask }) => mask === 'none').map(({ name }) => name))
  const fields = entry.fields.filter(({ name }) => clear.has(name))
  const conditions = state.where.map((one) => conditionWords(one, t)).join(t.common.listSeparator)
  return (
    <div className="stack" style={{ '--gap': '8px' } as React.CSSProperties} data-testid="embedded">
      {conditions && <p className="quiet small">{t.looking.conditions(conditions)}</p>}
      {state.view === 'table' && (
        <DataTable names={fields.map(({ name }) => name)} use={{}} {...{ entry, state, change }} />
      )}
      <Suspense fallback={<Loading lines={6} />}>
        {state.view === 'plot' && <DataPlot use={{}} {...{ entry, fields, state, picture }} />}
        {state.view === 'map' && (
          <DataMap use={{}} basis={now.basis} {...{ entry, fields, state, picture }} />
        )}
      </Suspense>
      <p className="quiet small">
        {say(entry.citation)} {entry.snapshot && t.data.asOf(formatMoment(entry.snapshot.liveAt))}
      </p>
    </div>
  )
}
