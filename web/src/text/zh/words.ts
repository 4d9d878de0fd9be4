import { themeTitlesIn } from '@tiaoli/kernel/themes'

/** Words for keys that the server sends without a text. City terms are not here: they come from the rulebook. */
export const words = {
  themes: themeTitlesIn('zh'),
  types: {
    text: '文本',
    integer: '整数',
    decimal: '小数',
    boolean: '是否',
    date: '日期',
    time: '时间',
    instant: '日期时间',
    'credit-code': '统一社会信用代码',
    'identity-number': '公民身份号码',
    'division-code': '行政区划代码',
    phone: '电话号码',
    longitude: '经度',
    latitude: '纬度',
  },
  sensitivities: { public: '公开', internal: '内部', personal: '个人信息', sensitive: '敏感个人信息' },
  cycles: {
    'real-time': '实时',
    daily: '每日',
    weekly: '每周',
    monthly: '每月',
    quarterly: '每季度',
    yearly: '每年',
    irregular: '不定期',
  },
  grades: {
    'general-1': '一般数据 1 级',
    'general-2': '一般数据 2 级',
    'general-3': '一般数据 3 级',
    'general-4': '一般数据 4 级',
    important: '重要数据',
    core: '核心数据',
  },
  statuses: {
    draft: '草稿',
    submitted: '已提交',
    returned: '已退回',
    confirmed: '待发布',
    published: '已发布',
    withdrawn: '已撤下',
  },
}
