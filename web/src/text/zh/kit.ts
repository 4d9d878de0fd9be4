import type { Fault } from '../../kit/act-form/check-content.ts'

const basisParts = { rank: '效力层级', instrument: '文件名称', article: '条款' }

/** Words of the recurring pieces. */
export const kit = {
  common: {
    readAnew: '读取最新内容',
    print: '打印',
    back: '返回',
    yesNo: (value: boolean): string => (value ? '是' : '否'),
  },
  clock: {
    paused: (day: string): string => `自 ${day}起暂停，恢复后继续计算`,
    title: '时限',
    left: (days: number): string => `还剩 ${days} 个工作日`,
    dueToday: '今日到期',
    overdueBy: (days: number): string => `已逾期 ${days} 个工作日`,
    before: (day: string): string => `${day}前`,
    wasBefore: (day: string): string => `应于 ${day}前办理`,
    none: '无在计时限',
    workingDays: (days: number): string => `${days} 个工作日`,
    stopped: (at: string): string => (at ? `已停止计时 · ${at}` : '已停止计时'),
    provisionalHelp: '该年度的放假安排尚未公布，公布后重新计算。',
    extended: '已延长',
    owedBy: (role: string, organisation: string): string =>
      organisation ? `由${organisation}（${role}）办理` : `由${role}办理`,
    showDays: (days: number): string => `查看计入的 ${days} 个工作日`,
    counts: '计入',
    countsNot: '不计入',
    reasons: { weekday: '工作日', weekend: '周末', holiday: '法定节假日', 'make-up': '调休上班' },
  },
  form: {
    choose: '请选择',
    chooseFile: '选择文件',
    removeFile: '不用这份文件',
    removeFileNamed: (file: string): string => `不用这份文件：${file}`,
    findEntry: '输入名称或关键词，从列出的目录中选择',
    draftKept: '草稿已存在本机',
    chosen: (count: number, of: number): string => `已选 ${count} / ${of} 项`,
    chooseHarmless: '选择全部非个人信息项',
    affirm: '本单位（本人）作出上述承诺',
    affirmed: '已承诺',
    chooseNone: '清空',
    confirmAct: (act: string): string => `确认${act}`,
    leadsTo: (state: string, roles: string): string =>
      roles ? `办理后进入“${state}”环节，由${roles}办理。` : `办理后进入“${state}”环节。`,
    rows: {
      all: '全部数据',
      add: '增加条件',
      removeShort: '删除',
      remove: (number: number): string => `删除第 ${number} 项条件`,
      field: (number: number): string => `条件 ${number}：信息项`,
      operator: (number: number): string => `条件 ${number}：关系`,
      value: (number: number, place: number): string => `条件 ${number}：${place === 0 ? '值' : '至'}`,
      values: (number: number): string => `条件 ${number}：值（以顿号分隔）`,
      yes: '是',
      no: '否',
      operators: {
        eq: '为',
        ne: '不为',
        in: '为其中之一',
        prefix: '以此开头',
        lt: '小于（早于）',
        lte: '不大于（不晚于）',
        gt: '大于（晚于）',
        gte: '不小于（不早于）',
        between: '在两值之间',
        isnull: '没有值',
        notnull: '有值',
      },
    },
    limits: {
      rowsPerRequest: '每次请求行数上限',
      rowsPerDay: '每日行数上限',
      requestsPerMinute: '每分钟请求次数上限',
    },
    fault: (fault: Fault, title: string): string => {
      switch (fault.kind) {
        case 'missing':
          return `请填写${title}`
        case 'unchosen':
          return `请选择${title}`
        case 'unaffirmed':
          return `请作出承诺：${title}`
        case 'short':
          return `${title}不少于 ${fault.length} 个字`
        case 'long':
          return `${title}不超过 ${fault.length} 个字`
        case 'condition-incomplete':
          return `请补全${title}的第 ${fault.number} 项条件`
        case 'not-whole':
          return `${title}应当是不小于 1 的整数`
        case 'basis-incomplete':
          return `请填写${title}的${basisParts[fault.part]}`
      }
    },
  },
  basis: {
    ...basisParts,
    instrumentExample: '如：中华人民共和国数据安全法',
    articleExample: '如：第二十一条',
  },
  data: {
    viewAs: '查看方式',
    views: { table: '表格', plot: '图表', map: '地图' },
    about: '约 ',
    rowCount: (count: string, filtered: boolean): string =>
      filtered ? `符合条件 ${count} 行` : `共 ${count} 行`,
    snapshot: (number: number): string => `快照 ${number}`,
    asOf: (at: string): string => `数据截至 ${at}`,
    tableLabel: (title: string): string => `${title}：数据行`,
    sortBy: (name: string): string => `按${name}排序`,
    sorted: { up: '升序', down: '降序' },
    noRows: '没有符合条件的行',
    noRowsWhy: '请减少筛选条件。',
    filter: '筛选',
    filterField: '信息项',
    filterOperator: '条件',
    filterValue: '值',
    addFilter: '添加条件',
    filtersSet: '已设条件',
    removeFilter: '移除此条件',
    operators: {
      eq: '等于',
      ne: '不等于',
      contains: '包含',
      prefix: '开头是',
      gte: '不小于',
      lte: '不大于',
      within: '在范围内（西, 南, 东, 北）',
      isnull: '为空',
      notnull: '不为空',
    },
    download: '下载',
    downloadFiltered: '按当前条件下载',
    boxOf: (names: string): string => `${names.replace(',', '、')}（范围）`,
    boxValue: '如 106.4, 29.5, 106.6, 29.6',
    formats: {
      csv: 'CSV',
      gb18030: 'CSV（GB 18030）',
      xlsx: 'Excel',
      json: 'JSON',
      geojson: 'GeoJSON',
      parquet: 'Parquet',
    },
    groupBy: '分组',
    measure: '数值',
    measures: { count: '行数', sum: '合计', avg: '平均', min: '最小', max: '最大' },
    grains: { year: '按年', month: '按月', day: '按日' },
    noValue: '（空）',
    asTable: '以表格查看这些数值',
    plotLabel: (group: string, measure: string, count: number): string =>
      `按${group}分组的${measure}，共 ${count} 组`,
    nothingToPlot: '没有适合作图的信息项',
    nothingToPlotWhy: '各信息项的值几乎互不相同，分组没有意义。请查看表格。',
    nothingToMap: '没有位置信息',
    nothingToMapWhy: '本条目没有几何图形、经纬度，也没有行政区划代码。请查看表格或图表。',
    noPlaces: '符合条件的行都没有坐标',
    allPlaces: (count: string): string => `共 ${count} 个位置。`,
    firstPlaces: (count: string): string => `显示前 ${count} 个位置，可用筛选缩小范围。`,
    mapWithoutTiles: '底图仅为经纬网，不含行政区划界线。',
    mapLabel: (title: string, count: string): string => `${title}：${count} 个位置的地图`,
    districtCircles: '圆点为各区划的代表位置，面积表示行数；底图仅为经纬网，不含行政区划界线。',
    districtsMissing: (count: number): string => `另有 ${count} 个区划没有位置数据，仅列于下方。`,
    noDistrictPoints: '这些区划都没有位置数据，以下按行数由多到少列出。',
    scenario: '使用场景',
    scenarioHelp: '每次使用都要说明所服务的职责或场景，并记入留痕。',
    nameScenario: '请先填写使用场景，再查看数据。',
    citeAs: '使用数据形成成果的，请注明：',
  },
  law: {
    ourSummaryLong: '这是便于查阅的摘要，不是条例原文。办理以条例原文为准。',
    title: '条例',
    lead: (on: string): string => `自 ${on} 起施行。以下是各条的摘要，以原文为准。`,
    whereUsed: '在本平台的适用',
    notUsed: '本条没有直接对应的办理环节。',
    neighbours: '前后条款',
    procedures: '办事程序',
    proceduresLead: '每项程序的环节、操作和时限，均来自条例；本地设定的目标标明“非法定”。',
    procedureSize: (states: number, acts: number, clocks: number): string =>
      `${states} 个环节 · ${acts} 项操作 · ${clocks} 项时限`,
    noProcedure: '没有这项办事程序',
    states: '环节',
    statesHelp: '从上到下阅读。方块是办结。',
    stays: '环节不变',
    waits: (roles: string): string => `由${roles}办理`,
    clocks: '时限',
    clocksHelp: '按工作日计算，扣除法定节假日，计入调休上班日。',
    noClocks: '本程序没有时限。',
    clock: '事项',
    length: '长度',
    owner: '办理方',
    source: '来源',
  },
}
