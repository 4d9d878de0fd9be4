import type { opening as source } from '../../zh/first/opening.ts'

export const opening: typeof source = {
  results: {
    short: 'Results',
    empty: 'Nothing here yet',
    onEntry: 'Made with it',
    register: 'Register a result',
    aPerson: 'a person',
  },
  demands: {
    short: 'Demands',
  },
  lists: {
    short: 'Opening lists',
  },
  report: {
    title: 'How far data are shared and opened',
  },
  grounds: {
    title: 'Grounds for opening it',
    lead: 'Data that are not open are opened once their lawful processing, or the consent of the rights holders, is on record.',
    unused: 'not used yet',
    used: 'used for one change of the opening type',
  },
}
