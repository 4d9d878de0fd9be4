/** Words of files that are fetched on a schedule. */
export const pulls = {
  pulls: {
    title: '定时拉取',
    note: '平台按周期从提供单位的地址取文件；内容有变化时自动入库，列与信息项须一一对应。',
    none: '尚未登记',
    url: '文件地址',
    urlHelp: 'http 或 https 地址，不含密码。内网地址须由平台运维人员开放。',
    token: '令牌',
    tokenHelp: '对方要求时填写，加密保存，不再显示。',
    every: '周期',
    everyMinutes: (minutes: number): string =>
      minutes % 1_440 === 0
        ? `每 ${minutes / 1_440} 天`
        : minutes % 60 === 0
          ? `每 ${minutes / 60} 小时`
          : `每 ${minutes} 分钟`,
    state: '状态',
    states: { waiting: '等待首次拉取', ok: '正常', failing: '未成功' },
    lastBatch: '最近一批',
    next: '下次拉取',
    acts: '操作',
    run: '立即拉取',
    remove: '停止',
    create: '登记定时拉取',
  },
}
