/** Words of the search of records and of the explanation of an access. */
export const explained = {
  explain: {
    link: 'See how this was decided',
  },
}
