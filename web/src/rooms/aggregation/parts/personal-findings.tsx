import type { Batch } from '@tiaoli/contract/aggregation'
import { Section } from '../../../kit/page.tsx'
import { useDeskText } from '../../../text/use-text.ts'

/** Personal data that the file holds, against what the catalogue declares. */
export function PersonalFindings({ findings }: { findings: Batch['personalFindings'] }) {
  const { t } = useDeskText()
  const declared = (key: string) => t.sensitivities[key as keyof typeof t.sensitivities] ?? key
  const kind = (key: string) => t.batch.personalKinds[key as keyof typeof t.batch.personalKinds] ?? key
  return (
    <Section title={t.batch.personal} note={t.batch.personalHelp}>
      <ul className="stack" style={{ '--gap': '6px' } as React.CSSProperties} data-testid="personal-findings">
        {findings.map((finding) => (
          <li key={`${finding.field} ${finding.kind}`}>
            {t.batch.personalFinding(finding.field, kind(finding.kind), declared(finding.declared))}
          </li>
        ))}
      </ul>
    </Section>
  )
}
