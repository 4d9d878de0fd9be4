/** Words of opened data: agreements, and what follows from them. */
export const opening = {
  results: {
    short: '成果',
    empty: '这里还没有成果',
    onEntry: '用它做成了什么',
    register: '登记成果',
    aPerson: '个人',
  },
  demands: {
    short: '数据需求',
  },
  lists: {
    short: '开放清单',
  },
  report: {
    title: '共享开放情况',
  },
  grounds: {
    title: '转为开放的依据',
    lead: '不予开放的数据经依法处理或者相关权利人同意，并登记记录后，才能转为有条件开放或者无条件开放。',
    unused: '尚未使用',
    used: '已用于一次开放类型变更',
  },
}
