/** Words of a schema that comes with a file. */
export const tableSchema = {
  tableSchema: {
    file: '随附的表结构',
    choose: '选择表结构',
    fileHelp:
      '可选一份 Frictionless Table Schema（schema.json）或 datapackage.json，按其中声明的类型、空值写法和约束读取。压缩包里已有的不必另选。',
    notJson: '所选的表结构不是 JSON 文件，没有上传任何内容。',
    notValid: (place: string): string =>
      `不是有效的 Table Schema 或 Data Package${place ? `，有误之处：${place}` : ''}。数据没有入库。`,
    says: (type: string): string => `表结构：${type}`,
    types: {
      string: '文本',
      number: '数值',
      integer: '整数',
      boolean: '是否',
      object: 'JSON 对象',
      array: 'JSON 数组',
      list: '列表',
      date: '日期',
      time: '时间',
      datetime: '日期时间',
      year: '年份',
      yearmonth: '年月',
      duration: '时长',
      geopoint: '坐标点',
      geojson: 'GeoJSON',
      any: '不限',
    },
    required: '必填',
    contradicts: '与目录登记的类型不一致；按目录读取，表结构的约束不适用于本列。',
    unread: (names: string): string => `表结构的下列界限无法按本列类型读取，没有采用：${names}`,
    unchecked: (names: string): string => `平台不检查：${names}`,
    suggests: (words: string): string => `可供登记信息项参考：${words}`,
    absent: (names: string): string => `表结构中的下列字段在文件里没有对应的列：${names}。`,
    primaryKey: (names: string): string => `表结构声明的主键是 ${names}；入库以目录登记的主键为准。`,
    dialect: (names: string): string => `表结构对分隔和引号的下列规定未予采用：${names}。`,
    apply: '按随附的表结构读取',
    describedLater: (at: string): string =>
      `表结构是在文件上传之后（${at}）附上的，文件已按其重新读取。本批次不再自动入库，须由数据管理员核对后确认。`,
  },
}
