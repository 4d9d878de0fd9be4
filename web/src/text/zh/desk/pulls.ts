/** Words of files that are fetched on a schedule. */
export const pulls = {
  pulls: {
    title: '定时拉取',
    note: '平台按周期从提供单位的地址取文件，或者读取其数据库中的表；有变化时自动入库，列与信息项须一一对应。',
    kind: '从哪里取',
    kinds: { file: '网上的一个文件', table: '数据库中的一张表（PostgreSQL、MySQL、MariaDB）' },
    none: '尚未登记',
    url: '文件地址',
    urlHelp: 'http 或 https 地址，不含密码。内网地址须由平台运维人员开放。',
    databaseUrl: '数据库地址',
    databaseUrlHelp:
      '写作 postgresql://主机:端口/库名 或 mysql://主机:端口/库名，末尾加 ?sslmode=verify-full 以加密连接；只有平台开放访问的内网网段可以不加密。',
    user: '数据库账号',
    userHelp: '请使用只能读取所需表或者视图的账号。',
    password: '密码',
    table: '表或者视图',
    tableHelp: '写作 表名，或者 模式.表名。',
    columns: '列名对应',
    columnsHelp: '列名与信息项名称不同的，一行一个，写作 信息项=列名。',
    rising: '递增列',
    risingHelp:
      '只增不减的列，如更新时间、自增编号。填写后，首次读取全表，以后只读取新增和更新的行；不填则每次读取全表。来源删除的行不会随增量删除。',
    readUpTo: (value: string): string => `已读取到 ${value}`,
    mode: '取来的行如何入库',
    modesExplained: {
      replace: '每次取来的是全部数据，替换现有各行。',
      append: '取来的都是新增的行，加在现有各行之后。',
      upsert: '主键已存在的行更新，其余新增；没有取来的行不变。',
      delete: '取来的是要删除的主键。',
    },
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
    removeAsk: '确定停止吗？已入库的数据保留。',
    removeSure: '确定停止',
    removeNot: '不停止',
    late: (moment: string): string => `已超过更新周期，应于 ${moment} 前更新（依目录登记的周期，非法定）`,
    due: (moment: string): string => `按更新周期，下次应于 ${moment} 前更新（依目录登记的周期，非法定）`,
    remove: '停止',
    whole: '重新读取全表',
    create: '登记定时拉取',
  },
}
