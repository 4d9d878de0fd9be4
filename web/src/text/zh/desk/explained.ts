/** Words of the search of records and of the explanation of an access. */
export const explained = {
  aboutMe: {
    title: '本人数据的使用记录',
    lead: '哪些单位按您的身份证号码查询过数据，用了哪些信息项，为了什么。',
    reach: '这里列出按号码逐条查询的记录。整批取用的数据不逐人留痕，可以向数据提供单位了解。',
    empty: '没有按您的身份证号码查询的记录',
    person: '自然人',
  },
}
