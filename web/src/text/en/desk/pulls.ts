import type { pulls as source } from '../../zh/desk/pulls.ts'

export const pulls: typeof source = {
  pulls: {
    title: 'Fetched on a schedule',
    note: 'The platform fetches a file from the address of its provider, or reads a table of its database. What has changed is loaded by itself where every field has its column.',
    kind: 'From where',
    kinds: { file: 'A file on the web', table: 'A table of a database (PostgreSQL, MySQL, MariaDB)' },
    none: 'Nothing is fetched yet',
    url: 'Address of the file',
    urlHelp:
      'An http or https address without a password. Addresses of the inner network are opened by the operators of the platform.',
    databaseUrl: 'Address of the database',
    databaseUrlHelp:
      'Written postgresql://host:port/database or mysql://host:port/database, with ?sslmode=verify-full at the end for TLS, which may be left out only within the inner ranges that the platform opens.',
    user: 'Account of the database',
    userHelp: 'One that may read the tables or views that are needed, and nothing else.',
    password: 'Password',
    table: 'Table or view',
    tableHelp: 'Written as table, or schema.table.',
    columns: 'Names of columns',
    columnsHelp: 'Where a column has another name than its field, one a line: field=column.',
    rising: 'Rising column',
    risingHelp:
      'One whose values only rise, such as the time of the last change or a running number. With it the first reading takes the whole table, later ones what is new or changed; without it the whole table is read each time. Rows that are deleted at the source are not seen by it.',
    readUpTo: (value) => `read up to ${value}`,
    mode: 'What becomes of the rows',
    modesExplained: {
      replace: 'All rows come each time, and stand in place of those that are there.',
      append: 'The rows that come are new, and are put after those that are there.',
      upsert: 'Rows whose key is there take its place, others are added; rows that do not come stay.',
      delete: 'What comes are the keys of rows to be deleted.',
    },
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
    removeAsk: 'Stop it? Data that were taken in stay.',
    removeSure: 'Yes, stop it',
    removeNot: 'Keep it',
    late: (moment) => `Late: due before ${moment} by the update cycle of the entry (not statutory)`,
    due: (moment) => `Due again before ${moment} by the update cycle of the entry (not statutory)`,
    remove: 'Stop',
    whole: 'Read all again',
    create: 'Have it fetched',
  },
}
