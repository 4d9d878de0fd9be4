/** Words for what surrounds a delivery: commitments, filings, checks before publication, proofs. */
export const assurance = {
  priority: {
    title: '优先开放领域',
    open: '已开放',
    conditional: '有条件开放',
    notOpened: '未开放',
    responsible: (name: string) => `责任单位：${name}`,
  },
  proof: {
    title: '文件校验',
  },
  systems: {
    title: '共享与开放系统',
  },
  explanations: {
    none: '数据提供单位尚未解读。',
    meaning: '数据含义',
    source: '数据来源',
    limits: '使用局限',
    contact: '咨询部门',
    by: '解读单位',
    write: '解读数据',
    rewrite: '修改解读',
    follows: '解读公开显示在条目页面；修改前的内容留存于记录。',
    missing: (count: number): string => `已开放、尚未解读的条目（${count}）`,
  },
}
