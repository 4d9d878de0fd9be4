import type { CivilDate } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'
import { dayKindByWeekday, yearOf } from '@tiaoli/kernel/working-days'
import type { AnnouncedYear } from '../../foundations/rulebook/index.ts'

export type YearFault = { readonly path: string; readonly message: Text }

/** The State Council announces a year in the autumn before it; what lies further ahead cannot be known. */
const announcedAheadYears = 2

/**
 * What cannot be true of an announcement: it always frees 1 January, stays within its year (a day of the last December
 * may be moved too), names no day twice, and only a weekend can be a make-up day.
 */
export function yearFaults({ year, holidays, makeUpDays }: AnnouncedYear, today: CivilDate): YearFault[] {
  const faults: YearFault[] = []
  if (year > yearOf(today) + announcedAheadYears)
    faults.push({ path: 'year', message: text('该年度尚未公布', 'That year cannot have been announced yet') })
  if (!holidays.some(({ on }) => on === `${year}-01-01`))
    faults.push({ path: 'holidays', message: text('缺少 1 月 1 日', '1 January is missing') })
  const seen = new Set<CivilDate>()
  const days = [
    ...holidays.map(({ on }, index) => ({ on, path: `holidays.${index}.on`, makeUp: false })),
    ...makeUpDays.map(({ on }, index) => ({ on, path: `makeUpDays.${index}.on`, makeUp: true })),
  ]
  for (const { on, path, makeUp } of days) {
    if (yearOf(on) !== year && !on.startsWith(`${year - 1}-12`))
      faults.push({ path, message: text(`${on} 不属于该年度`, `${on} is not of that year`) })
    if (seen.has(on)) faults.push({ path, message: text(`${on} 重复`, `${on} stands twice`) })
    seen.add(on)
    if (makeUp && dayKindByWeekday(on).working)
      faults.push({
        path,
        message: text(`${on} 不是周末，不能调休上班`, `${on} is no weekend and cannot be a make-up day`),
      })
  }
  return faults
}
