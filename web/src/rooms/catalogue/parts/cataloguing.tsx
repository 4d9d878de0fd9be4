import type { Case } from '@tiaoli/contract/cases'
import type { Entry } from '@tiaoli/contract/catalogue'
import { ActPanel } from '../../../kit/act-panel.tsx'
import { CaseTimeline, WaitsFor } from '../../../kit/case-timeline.tsx'
import { ClockView } from '../../../kit/clock-view.tsx'
import { Section } from '../../../kit/page.tsx'
import { usePortalText } from '../../../text/use-text.ts'
import { useActOnEntry } from '../catalogue.queries.ts'
import { Checks } from './checks.tsx'
import { anchorOf } from './editor/draft.ts'

/** Where the cataloguing of an entry stands, and the acts that the reader may do: submit, confirm, return, publish. */
export function Cataloguing({ entry, found }: { entry: Entry; found: Case }) {
  const { t, say } = usePortalText()
  const act = useActOnEntry()
  return (
    <Section title={t.entry.cataloguing} note={say(found.state.title)}>
      <div className="stack" data-testid="cataloguing">
        <div>
          <p>{say(found.state.summary)}</p>
          <WaitsFor found={found} />
        </div>
        {found.clocks
          .filter((clock) => clock.running || clock.overdue)
          .map((clock) => (
            <ClockView key={clock.key} clock={clock} />
          ))}
        <Checks entryId={entry.id} />
        <ActPanel
          found={found}
          choosable={entry.fields}
          elsewhere={(path) => `/desk/entries/${entry.id}/edit#${anchorOf(path)}`}
          onAct={(key, content, version) =>
            act.mutateAsync({ params: { entryId: entry.id, act: key }, body: { content, version } })
          }
        />
        <details>
          <summary>{t.cases.timeline}</summary>
          <CaseTimeline found={found} />
        </details>
      </div>
    </Section>
  )
}
