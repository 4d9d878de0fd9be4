export { mountCalendar } from './calendar.routes.ts'
export { type CalendarYears, calendarJob, createCalendarYears, yearOfSubject } from './calendar.service.ts'

export const calendarMigrations = { room: 'calendar', folder: new URL('./migrations/', import.meta.url) }
