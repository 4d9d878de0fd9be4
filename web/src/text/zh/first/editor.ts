/** Words of the desk. */
export const editor = {
  editor: {
    title: '名称',
    summary: '摘要',
  },
}
