import { createHash } from 'node:crypto'
import { newId } from '@tiaoli/kernel/ids'
import { type CivilDate, type Clock, civilDateOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { yearOf } from '@tiaoli/kernel/working-days'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { AnnouncedYear, OfficialCalendar } from '../../foundations/rulebook/index.ts'
import { yearFaults } from './calendar.rules.ts'
import * as store from './calendar.store.ts'

export type CalendarYearsDeps = {
  readonly database: Database
  /** The calendar by which this node counts; loaded years go into it. */
  readonly calendar: OfficialCalendar
  readonly ledger: Ledger
  readonly jobs: Jobs
  readonly clock: Clock
}

/** Job that counts dates anew by a year that was loaded; its subject begins with the year. */
export const calendarJob = 'calendar.year'

/** How long a node may count by the calendar that it knew: told in 0001 among what is kept in memory. */
const knownForMs = 1000
/** After this, every node has asked again, and a date that one of them set meanwhile is counted anew too. */
const everyNodeKnowsAfterMs = 5000

export type CalendarYears = ReturnType<typeof createCalendarYears>

/** Years of the official calendar that an officer loads, with the notice that announces them. */
export function createCalendarYears({ database, calendar, ledger, jobs, clock }: CalendarYearsDeps) {
  const { db } = database
  let known = { sequence: 0, askedAt: 0 }

  /** Takes in what was loaded on any node; asks at most once a second unless told to ask now. */
  async function refresh(on: Tx | undefined, now = false): Promise<void> {
    // By the system's time, not by a set clock: this is about processes, not about the law.
    const askedAt = Date.now()
    if (!now && askedAt - known.askedAt < knownForMs) return
    const sequence = await store.lastSequence(on ?? db)
    if (sequence !== known.sequence) for (const year of await store.loadedYears(on ?? db)) calendar.load(year)
    known = { sequence, askedAt }
  }

  function requireOfficer(session: Session): string {
    const organisation = session.user?.organisation
    const may =
      organisation?.kind === 'authority' &&
      organisation.level === 'city' &&
      session.user!.powers.includes('officer')
    if (may) return organisation.id
    throw new Problem('not-allowed', {
      condition: text(
        '节假日安排由市数据主管部门的工作人员载入',
        'The calendar is loaded by officers of the municipal data authority',
      ),
    })
  }

  return {
    refresh,

    /** Years around today, and every year that was loaded. */
    async list(): Promise<{ year: number; loaded: store.LoadedYear | undefined }[]> {
      await refresh(undefined)
      const loaded = new Map((await store.loadedYears(db)).map((each) => [each.year, each]))
      const thisYear = yearOf(civilDateOf(clock.now()))
      const years = new Set([...loaded.keys(), ...[-1, 0, 1, 2].map((ahead) => thisYear + ahead)])
      return [...years].sort((a, b) => a - b).map((year) => ({ year, loaded: loaded.get(year) }))
    },

    requireOfficer,

    async keepNotice(session: Session, fileName: string, bytes: Buffer) {
      requireOfficer(session)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const notice = { id: newId(), fileName, sha256, bytes }
      await store.insertNotice(db, notice, session.user!.id, clock.now())
      return { id: notice.id, fileName, sizeBytes: bytes.length, sha256 }
    },

    async load(
      session: Session,
      announced: AnnouncedYear,
      notice: { id: string; title: string; number: string; publishedOn: CivilDate },
    ): Promise<void> {
      const organisationId = requireOfficer(session)
      if (calendar.packaged(announced.year))
        throw new Problem('act-not-available', {
          condition: text(
            '该年度的节假日安排随平台提供，无须载入',
            'The holidays of that year come with the platform',
          ),
        })
      const errors = yearFaults(announced, civilDateOf(clock.now()))
      if (errors.length > 0)
        throw new Problem('content-incomplete', { condition: errors[0]!.message, errors })
      await database.inTransaction(async (tx) => {
        const file = await store.findNotice(tx, notice.id)
        if (file === undefined)
          throw new Problem('content-incomplete', {
            condition: text('请先上传通知原件', 'Upload the notice first'),
            errors: [{ path: 'notice.id', message: text('没有这份通知', 'No such notice') }],
          })
        const record = await ledger.record(tx, {
          kind: 'calendar.year',
          userId: session.user!.id,
          organisationId,
          payload: {
            year: announced.year,
            holidays: announced.holidays.map(({ on }) => on),
            makeUpDays: announced.makeUpDays.map(({ on }) => on),
            notice: { title: notice.title, number: notice.number, sha256: file.sha256 },
          },
        })
        await store.insertYear(tx, {
          announced,
          title: notice.title,
          number: notice.number,
          publishedOn: notice.publishedOn,
          noticeId: notice.id,
          loadedAt: clock.now(),
          userId: session.user!.id,
          recordId: record.id,
        })
        const { year } = announced
        const later = new Date(clock.now().getTime() + everyNodeKnowsAfterMs)
        await jobs.file(tx, calendarJob, String(year), clock.now())
        await jobs.file(tx, calendarJob, `${year} again`, later)
      })
      await refresh(undefined, true)
    },

    async notice(year: number): Promise<store.Notice> {
      const loaded = (await store.loadedYears(db)).find((each) => each.year === year)
      const notice = loaded && (await store.findNotice(db, loaded.noticeId))
      if (notice === undefined) throw new Problem('not-found')
      return notice
    },
  }
}

export const yearOfSubject = (subject: string): number => Number(subject.split(' ')[0])
