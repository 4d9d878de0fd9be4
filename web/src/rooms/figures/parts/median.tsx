import { formatNumber } from '../../../kit/formats.ts'
import { useText } from '../../../text/use-text.ts'

/** Working days; nothing where nothing was answered. */
export function Median({ days }: { days: number | null }) {
  const { language } = useText()
  return days === null ? '' : formatNumber(days, language)
}
