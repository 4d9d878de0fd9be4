import type { contests as source } from '../zh/contests.ts'

/** Contests of registrations. */
export const contests: typeof source = {
  contests: {
    title: 'Contest a registration',
    lead: 'If somebody registered under your number, or under the code of your organisation, say so here: an administrator at the data authority of the city looks into it. No account is needed. This is an arrangement of the platform and not of the regulation.',
    number: 'Number that was registered',
    numberHelp:
      'Identity number or unified social credit code. It serves to find the registration and is not kept.',
    name: 'Your name, or that of the organisation',
    contact: 'How you are reached',
    contactHelp: 'Telephone or e-mail, for the inquiry; deleted once it is decided.',
    statement: 'Statement',
    statementHelp:
      'Such as: I never registered; the person had no authority to act for us. Do not write numbers here.',
    submit: 'Contest',
    filed: 'Received',
    filedNote: (id: string): string =>
      `Its number is ${id}. Keep it: what becomes of the contest can be asked on this page.`,
    ask: 'Ask what became of a contest',
    id: 'Number of the contest',
    find: 'Ask',
    waiting: (at: string): string => `Filed ${at}, not decided yet.`,
    decided: {
      released: 'The registration was released; the number can be registered anew.',
      kept: 'The registration was found to be in order and is kept.',
    },
    reasonsSaid: (reasons: string): string => `Reasons: ${reasons}`,
    fromRegister: 'Your number is taken? Contest the registration',
    deskTitle: 'Contested registrations',
    deskLead:
      'Somebody says that their number was registered by another. Find out who holds it before you release or keep the registration; either needs reasons and stands on record.',
    none: 'No registration is contested',
    filedAt: 'Filed',
    who: 'Contested by',
    contested: 'Registration',
    registered: (at: string): string => `registered ${at}`,
    checkedBy: { form: 'not verified', service: 'verified' },
    outcome: 'Decision',
    outcomes: { released: 'Release the registration', kept: 'Keep the registration' },
    decide: 'Decide',
    decideOf: (name: string): string => `Decide the contest of “${name}”`,
    reasons: 'Reasons',
  },
}
