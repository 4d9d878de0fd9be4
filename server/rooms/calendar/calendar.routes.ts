import * as contract from '@tiaoli/contract/calendar'
import { addDays, type CivilDate } from '@tiaoli/kernel/instants'
import { type DayKind, yearOf } from '@tiaoli/kernel/working-days'
import { type Mount, smallFileOf } from '../../foundations/http/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { OfficialCalendar } from '../../foundations/rulebook/index.ts'
import type { CalendarYears } from './calendar.service.ts'
import type { LoadedYear } from './calendar.store.ts'

/** Largest notice, in bytes. */
const largestNotice = 5 * 1024 * 1024

export function mountCalendar(
  mount: Mount,
  { years, calendar }: { readonly years: CalendarYears; readonly calendar: OfficialCalendar },
): void {
  const show = async (year: number) => {
    const found = (await years.list()).find((each) => each.year === year)
    if (found === undefined) throw new Problem('not-found')
    return presentYear(calendar, found)
  }
  mount(contract.listCalendarYears, async () => ({
    items: (await years.list()).map((each) => presentYear(calendar, each)),
  }))
  mount(contract.addCalendarNotice, async ({ query, session, request }) => {
    years.requireOfficer(session)
    const { fileName, bytes } = await smallFileOf(request, query.filename, largestNotice)
    return years.keepNotice(session, fileName, bytes)
  })
  mount(contract.loadCalendarYear, async ({ body: { notice, ...announced }, session }) => {
    await years.load(session, announced, notice)
    return show(announced.year)
  })
  mount(contract.getCalendarNotice, async ({ params, reply }) => {
    const { fileName, bytes } = await years.notice(params.year)
    reply.header(
      'content-disposition',
      `attachment; filename="notice"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    )
    return reply.type('application/octet-stream').send(bytes)
  })
}

function presentYear(
  calendar: OfficialCalendar,
  { year, loaded }: { year: number; loaded: LoadedYear | undefined },
): contract.CalendarYear {
  const days = loaded ?? announcedDays(calendar, year)
  return {
    year,
    source: loaded ? 'loaded' : calendar.packaged(year) ? 'packaged' : 'unknown',
    holidays: [...days.holidays],
    makeUpDays: [...days.makeUpDays],
    notice: loaded
      ? {
          title: loaded.title,
          number: loaded.number,
          publishedOn: loaded.publishedOn,
          fileName: loaded.fileName,
          sha256: loaded.sha256,
          loadedAt: loaded.loadedAt.toISOString(),
          recordId: loaded.recordId,
        }
      : null,
  }
}

/** The days of a year that an announcement has named. */
function announcedDays(calendar: OfficialCalendar, year: number) {
  const holidays: contract.CalendarDay[] = []
  const makeUpDays: contract.CalendarDay[] = []
  for (let on: CivilDate = `${year}-01-01`; yearOf(on) === year; on = addDays(on, 1)) {
    const kind: DayKind = calendar.dayKind(on)
    if (kind.name === undefined) continue
    if (kind.reason === 'holiday') holidays.push({ on, name: kind.name })
    if (kind.reason === 'make-up') makeUpDays.push({ on, name: kind.name })
  }
  return { holidays, makeUpDays }
}
