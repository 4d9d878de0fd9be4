/** Words of a case's papers and of what an officer keeps at the desk. */
export const casefile = {
  papers: {
    title: '附件和意见',
    note: '内部意见只有本方经办人员可见，不列入档案。',
    file: '办件档案（PDF）',
    none: '没有附件，也没有意见。',
    attachments: '附件',
    comments: '意见',
    audiences: { side: '仅本方可见', all: '各方可见' },
    audience: '谁可以看到',
    comment: '写意见',
    send: '提交意见',
    attach: '添加附件',
    attachHelp:
      '可以同时添加附件：文档、表格、图片或者压缩包，不超过 10 MB，原样保存，只供下载；框中文字作为附件说明。',
  },
}
