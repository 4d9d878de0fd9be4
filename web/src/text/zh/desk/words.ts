/** Words for keys that the server sends without a text. City terms are not here: they come from the rulebook. */
export const words = {
  statuses: {
    draft: '草稿',
    submitted: '已提交',
    returned: '已退回',
    confirmed: '待发布',
    published: '已发布',
    withdrawn: '已撤下',
  },
}
