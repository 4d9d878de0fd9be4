import type { subscriptions as source } from '../../zh/desk/subscriptions.ts'

export const subscriptions: typeof source = {
  subscriptions: {
    title: 'What I follow',
    lead: 'You are told of new versions, new data, changes of the opening type and withdrawals, each subscription once a day at most.',
    where: 'You find it among the notices; mail and other ways are set under arrangements.',
    none: 'You follow nothing yet',
    noneWhy: 'Entries and searches can be followed on their own pages.',
    kind: 'Kind',
    kinds: { entry: 'Entry', organisation: 'Organisation', search: 'Search' },
    what: 'What',
    since: 'Since',
    told: 'Last told',
    never: 'No change yet',
    end: 'End',
    endOf: (title) => `End: ${title}`,
    notStatutory: 'Once a day and 200 at most are rules of the platform, not statutory.',
  },
}
