/** Words of the register of obligations and of the duties. */
export const register = {
  calendar: {
    title: '节假日安排',
    lead: '时限按工作日计算。哪些日子是工作日，以国务院办公厅公布的安排为准。',
    sources: { packaged: '随平台提供', loaded: '由工作人员载入', unknown: '尚未公布' },
    unknown: '尚未公布。涉及该年度的期限先按周末计算，标明“暂定”；公布后重新计算，并通知当事各方。',
    makeUp: (days: string): string => `调休上班：${days}`,
    loadedAt: (at: string): string => `${at} 载入`,
    load: '载入年度安排',
    loadNote: '仅由市数据主管部门的工作人员办理，须附通知原件。',
    year: '年度',
    noticeTitle: '通知名称',
    noticeNumber: '文号',
    publishedOn: '发文日期',
    noticeFile: '通知原件',
    fileFirst: '请选择通知原件',
    holidays: '放假日期',
    daysHelp: '每行一段，如“2027-02-05 至 2027-02-11 春节”。须包括 1 月 1 日。',
    makeUpDays: '调休上班日期',
    badLines: (lines: string): string => `第 ${lines} 行无法识别`,
    follows: '载入后，未办结办件的期限重新计算，有变化的通知当事各方，并记入留痕。',
  },
}
