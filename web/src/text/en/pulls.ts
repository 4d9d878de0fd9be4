import type { DeskCatalogue } from '../zh-desk.ts'

export const pulls: Pick<DeskCatalogue, 'pulls'> = {
  pulls: {
    title: 'Fetched on a schedule',
    note: 'The platform fetches a file from the address of its provider. What has changed is loaded by itself where every field has its column.',
    none: 'Nothing is fetched yet',
    url: 'Address of the file',
    urlHelp:
      'An http or https address without a password. Addresses of the inner network are opened by the operators of the platform.',
    token: 'Token',
    tokenHelp: 'Where the other side asks for one. It is kept encrypted and never shown again.',
    every: 'Period',
    everyMinutes: (minutes) => {
      const [count, unit] =
        minutes % 1_440 === 0
          ? [minutes / 1_440, 'day']
          : minutes % 60 === 0
            ? [minutes / 60, 'hour']
            : [minutes, 'minute']
      return count === 1 ? `every ${unit}` : `every ${count} ${unit}s`
    },
    state: 'State',
    states: { waiting: 'not fetched yet', ok: 'in order', failing: 'failing' },
    lastBatch: 'The last run',
    next: 'Next',
    acts: 'Acts',
    run: 'Fetch now',
    remove: 'Stop',
    create: 'Have it fetched',
  },
}
