/** Words of the base databases. */
export const bases = {
  bases: {
    title: '基础数据库',
  },
}
