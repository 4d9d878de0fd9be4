import type { registration as source } from '../zh/registration.ts'

export const registration: typeof source = {
  registration: {
    title: 'Register',
    lead: 'Applying for conditionally open data needs an account; looking at and downloading open data does not.',
    kind: 'You apply as',
    kinds: {
      'natural-person': 'a person',
      'legal-person': 'a legal person (company, institution, association …)',
      'unincorporated-organisation': 'an unincorporated organisation (sole proprietorship, partnership …)',
    },
    asks: {
      name: { label: 'Name', help: undefined },
      agent: { label: 'Name of who acts for it', help: 'The person who applies for the organisation.' },
      identityNumber: {
        label: 'Identity number',
        help: 'Used to check who you are and to find a second registration; the number itself is not kept.',
      },
      organisationName: { label: 'Name of the organisation', help: 'As its certificate has it.' },
      creditCode: {
        label: 'Unified social credit code',
        help: '18 characters, on the business licence or certificate.',
      },
      username: { label: 'User name', help: '3 to 30 letters, digits, underscores or dots.' },
      password: { label: 'Password', help: '10 characters or more, without the user name.' },
      repeat: { label: 'Password again', help: undefined },
    },
    checkedBy: {
      form: 'No real-name service is connected: only form and check character of the number are looked at, and whoever decides sees that.',
      service: 'A real-name service checks that name and number belong together.',
    },
    synthetic:
      'Demo city: the real-name service is made up. It knows names that begin with 示例 and numbers that belong to nobody (such as 509999199001010015 and 91500000DEM9000126). Give nothing that is real.',
    differ: 'The two passwords differ',
    known: 'Applicant known as',
    knownBy: {
      form: 'not verified: only the form of the number was checked; ask for a proof of identity before deciding',
      service: 'real name checked',
    },
    agentNotVerified: 'authority of the agent not verified',
    released: 'registration released by the data authority of the city',
    submit: 'Register and go on',
    haveAccount: 'Sign in with an account',
  },
}
