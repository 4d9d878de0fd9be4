/** A request that somebody has made in the demo city: by account, for an entry by title. */
export type Request = {
  readonly applicant: string
  readonly entry: string
  readonly scenario: string
  readonly purpose: string
}

/** Requests of departments for data that are shared on request. The first is granted, so that `user` can take rows. */
export const sharingRequests: readonly Request[] = [
  {
    applicant: 'user',
    entry: '企业登记信息',
    scenario: '社会组织年检中核对其出资企业的登记状态和法定代表人任职情况。',
    purpose: '社会组织年度检查',
  },
  {
    applicant: 'user',
    entry: '个体工商户登记信息',
    scenario: '社会救助资格审核中核对申请家庭成员的经营情况。',
    purpose: '最低生活保障审核确认',
  },
  {
    applicant: 'steward',
    entry: '婚姻登记信息',
    scenario: '办理企业股权继承变更登记时核验继承人的婚姻状况。',
    purpose: '企业变更登记',
  },
  {
    applicant: 'transport',
    entry: '企业登记信息',
    scenario: '道路运输企业许可延续时核对企业登记事项是否变更。',
    purpose: '道路运输经营许可',
  },
  {
    applicant: 'labour',
    entry: '公共信用综合评价结果',
    scenario: '劳动保障监察中按信用等级确定检查频次。',
    purpose: '劳动保障监察',
  },
  {
    applicant: 'education',
    entry: '最低生活保障对象信息',
    scenario: '学生资助资格认定中比对家庭救助情况。',
    purpose: '家庭经济困难学生认定',
  },
  {
    applicant: 'ecology',
    entry: '企业登记信息',
    scenario: '排污许可证变更时核对排污单位名称和住所。',
    purpose: '排污许可管理',
  },
  {
    applicant: 'user',
    entry: '社会保险参保缴费信息',
    scenario: '临时救助审核中核对申请人的就业和参保情况。',
    purpose: '临时救助审核',
  },
  {
    applicant: 'health',
    entry: '婚姻登记信息',
    scenario: '生育登记网上办理时核验夫妻关系，免交结婚证复印件。',
    purpose: '生育登记服务',
  },
  {
    applicant: 'police',
    entry: '个体工商户登记信息',
    scenario: '特种行业许可审查中核对经营者身份。',
    purpose: '特种行业许可',
  },
  {
    applicant: 'user',
    entry: '不动产登记信息',
    scenario: '公共租赁住房保障资格审核中核对家庭住房情况。',
    purpose: '社会救助家庭经济状况核对',
  },
  {
    applicant: 'culture',
    entry: '公共信用综合评价结果',
    scenario: '旅行社分级分类检查中参考企业信用等级。',
    purpose: '旅游市场监督检查',
  },
]

/** Requests for data that are opened on request. */
export const openingRequests: readonly Request[] = [
  {
    applicant: 'citizen',
    entry: '公共信用综合评价结果',
    scenario: '个人研究项目：分析本市企业信用等级的行业分布，成果公开发表。',
    purpose: '学术研究',
  },
  {
    applicant: 'citizen',
    entry: '路口交通流量小时数据',
    scenario: '开发面向市民的出行时段建议小程序。',
    purpose: '公益应用开发',
  },
  {
    applicant: 'utilities',
    entry: '公共信用综合评价结果',
    scenario: '确定用户信用账期，提供先用后付服务。',
    purpose: '用水用气报装服务',
  },
  {
    applicant: 'citizen',
    entry: '重点排污单位在线监测数据',
    scenario: '毕业论文：工业园区排放浓度的季节变化。',
    purpose: '学术研究',
  },
  {
    applicant: 'citizen',
    entry: '不可移动文物名录',
    scenario: '编写本地历史建筑步行路线手册。',
    purpose: '文化传播',
  },
]
