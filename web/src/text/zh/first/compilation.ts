/** Words of compiling the catalogue: specification, editions, reviews, rounds, business. */
export const compilation = {
  compilation: {
    specification: '编制规范',
    version: (number: number): string => `第 ${number} 版`,
    catalogues: '目录发布',
    edition: (number: number): string => `第 ${number} 期`,
    review: '复核',
    dueOn: '间隔届满日',
    reviewNow: '复核本条目',
    reviewFollows: '复核人和时间记入留痕。内容有变化的，请改为提交变更。',
    standing: '规范与期次',
    metAndInForce: (met: number | null, inForce: number): string =>
      met === inForce
        ? `符合现行第 ${inForce} 版`
        : `${met === null ? '尚未核对' : `符合第 ${met} 版`}，须更新至第 ${inForce} 版`,
    overdue: '已超过本市间隔',
    versions: '历次版本',
    versionBefore: '变更前',
    versionAfter: '变更后',
    property: '内容',
    firstVersion: '首次发布',
    need: '需求',
    business: '业务事项',
    source: '来源',
    subjectType: '数据主体',
    subjectTypes: {
      'natural-person': '自然人',
      organisation: '法人和非法人组织',
      geospatial: '自然资源和空间地理',
      other: '其他',
    },
    parentItem: '对应的国家或者市级目录项',
    extra: '规范要求的其他内容',
  },
}
