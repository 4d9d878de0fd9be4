import { formatMoment } from '../../../kit/formats.ts'
import { useDeskText } from '../../../text/use-text.ts'

/** Whether rows are behind the update cycle of the entry, and when they are due; nothing where none is promised. */
export function Timeliness({ dueBefore, late }: { dueBefore: string | null; late: boolean }) {
  const { t } = useDeskText()
  if (dueBefore === null) return null
  const moment = formatMoment(dueBefore)
  return late ? (
    <p className="small" data-testid="late">
      <strong>{t.pulls.late(moment)}</strong>
    </p>
  ) : (
    <p className="quiet small">{t.pulls.due(moment)}</p>
  )
}
