/** Words of the search of records and of the explanation of an access. */
export const explained = {
  explain: {
    link: '查看这次决定的说明',
  },
}
