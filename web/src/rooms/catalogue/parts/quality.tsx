import type { Entry } from '@tiaoli/contract/catalogue'
import { Facts } from '../../../kit/facts.tsx'
import { useText } from '../../../text/use-text.ts'

/** How good the live snapshot is, by the parts of the score. */
export function Quality({ quality }: { quality: NonNullable<Entry['quality']> }) {
  const { t } = useText()
  const percent = (value: number) => `${(value <= 1 ? value * 100 : value).toFixed(1)}%`
  return (
    <Facts
      facts={[
        [t.entry.qualityScore, t.entry.score(Math.round(quality.score))],
        [t.entry.completeness, percent(quality.completeness)],
        [t.entry.validity, percent(quality.validity)],
        [t.entry.timeliness, quality.timeliness === null ? null : percent(quality.timeliness)],
      ]}
    />
  )
}
