import { Link } from 'react-router'
import { formatNumber } from '../../../kit/formats.ts'
import { useText } from '../../../text/use-text.ts'

/** A number that leads to what it counts, where the reader may see that. */
export function Counted({ count, to }: { count: number; to: string | null }) {
  const { language } = useText()
  const shown = formatNumber(count, language)
  return to === null || count === 0 ? shown : <Link to={to}>{shown}</Link>
}
