import type { register as source } from '../../zh/desk/register.ts'

export const register: typeof source = {
  calendar: {
    title: 'Official calendar',
    lead: 'Periods are counted in working days, by the days that the State Council announces.',
    sources: {
      packaged: 'comes with the platform',
      loaded: 'loaded by an officer',
      unknown: 'not announced',
    },
    unknown:
      'Not announced. Dates that touch this year count weekends only and are called provisional; they are counted anew, and parties told, once it is.',
    makeUp: (days) => `Worked in exchange: ${days}`,
    loadedAt: (at) => `loaded at ${at}`,
    load: 'Load a year',
    loadNote: 'By officers of the municipal data authority, with the notice itself.',
    year: 'Year',
    noticeTitle: 'Title of the notice',
    noticeNumber: 'Number of the notice',
    publishedOn: 'Issued on',
    noticeFile: 'The notice',
    fileFirst: 'Please choose the notice',
    holidays: 'Holidays',
    daysHelp: 'One break a line, such as “2027-02-05 至 2027-02-11 春节”. 1 January has to be among them.',
    makeUpDays: 'Days worked in exchange',
    badLines: (lines) => `Line ${lines} cannot be read`,
    follows: 'Dates of open cases are counted anew; parties are told of those that move, and it is recorded.',
  },
}
