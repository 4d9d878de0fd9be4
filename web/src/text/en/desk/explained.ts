/** Words of the search of records and of the explanation of an access. */
export const explained = {
  aboutMe: {
    title: 'Uses of data about me',
    lead: 'Which bodies looked up data under your identity number, which fields they were given, and for what.',
    reach:
      'These are look-ups by the number. Data taken as a whole are not recorded person by person; ask their provider.',
    empty: 'Nobody has looked up data under your identity number',
    person: 'a private person',
  },
}
