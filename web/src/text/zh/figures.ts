import type { ReactNode } from 'react'

type Sums = {
  filed: ReactNode
  inTime: ReactNode
  late: ReactNode
  overdue: ReactNode
  refused: ReactNode
}

/** Words of the figures: how what was asked was dealt with. */
export const figures = {
  figures: {
    lead: '各单位收到多少申请、是否按期答复、依据什么不同意、数据有多少人在用。',
    sentence: (f: Sums): ReactNode[] => [
      '期间共提出 ',
      f.filed,
      ' 件；按期答复 ',
      f.inTime,
      ' 件，逾期答复 ',
      f.late,
      ' 件，逾期尚未答复 ',
      f.overdue,
      ' 件；不同意 ',
      f.refused,
      ' 件。',
    ],
    sentenceUntimed: (f: Sums & { answered: ReactNode }): ReactNode[] => [
      '期间共提出 ',
      f.filed,
      ' 件；已答复 ',
      f.answered,
      ' 件，其中不同意 ',
      f.refused,
      ' 件。',
    ],
    median: (days: string): string => `从提出到答复，用时的中位数为 ${days} 个工作日。`,
    untimed: '条例没有为所统计的程序规定具体天数，因此不统计是否按期。',
    ownDates: '逾期按各单位自己承担的期限计算，不计他人的期限。',
    missedLocal: (count: ReactNode): ReactNode[] => ['未达到本市自定时限目标的 ', count, ' 件'],
    use: (grants: ReactNode, calls: string, rows: string): ReactNode[] => [
      '现有使用许可 ',
      grants,
      ` 项；期间共使用 ${calls} 次、${rows} 行。`,
    ],
    usePartly: '使用情况仍在汇总，数字可能偏少。',
    from: '提出日期自',
    until: '提出日期至',
    procedure: '办事程序',
    requests: '数据申请（共享和开放）',
    by: '统计口径',
    sides: { provider: '按提供单位', decider: '按办理单位', applicant: '按申请单位' },
    body: '单位',
    month: '月份',
    all: '合计',
    everyBody: '全部单位',
    keys: {
      filed: '申请',
      open: '在办',
      answered: '已答复',
      inTime: '按期答复',
      late: '逾期答复',
      untimed: '已答复（无法定期限）',
      overdue: '逾期未答复',
      granted: '同意',
      refused: '不同意',
      withdrawn: '撤回',
      missedLocal: '未达本市目标',
    },
    medianDays: '用时中位数（工作日）',
    liveGrants: '现有许可',
    calls: '使用次数',
    rows: '使用行数',
    byMonth: '逐月',
    plotLabel: (months: number): string => `${months} 个月内逐月提出的申请，按答复情况分段`,
    undecided: '在办或者已撤回',
    byBody: '各单位',
    bases: '不同意的依据',
    basesLead: '按所引依据的效力位阶统计。',
    rank: '效力位阶',
    noBasis: '未引依据',
    instruments: '所引文件',
    refusedTimes: (name: string, count: number): string => `${name}（${count} 件）`,
    none: '期间没有申请。',
    widen: '放宽起止日期，或者换一种办事程序再看。',
    download: '下载统计表',
    listed: '数字可以点开查看对应办件。',
    notListed: '对应办件只有当事单位和主管部门可以查看。',
    counted: '统计所含办件',
    countedOf: (figure: string, from: string, until: string): string =>
      `${figure}，提出日期 ${from} 至 ${until}`,
    back: '返回统计',
  },
}
