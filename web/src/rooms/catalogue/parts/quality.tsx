import type { Entry } from '@tiaoli/contract/catalogue'
import { Facts } from '../../../kit/facts.tsx'
import { formatNumber } from '../../../kit/formats.ts'
import { useText } from '../../../text/use-text.ts'

/** How good the live snapshot is, by the parts of the score. */
export function Quality({ quality }: { quality: NonNullable<Entry['quality']> }) {
  const { t, language } = useText()
  const percent = (value: number) => `${(value * 100).toFixed(1)}%`
  return (
    <Facts
      facts={[
        [t.entry.qualityScore, t.entry.score(formatNumber(quality.score, language))],
        [t.entry.completeness, percent(quality.completeness)],
        [t.entry.validity, percent(quality.validity)],
        [t.entry.timeliness, quality.timeliness === null ? null : percent(quality.timeliness)],
      ]}
    />
  )
}
