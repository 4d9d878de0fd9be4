import { type Language, type Text, text } from './text.ts'

/** Words for the codes by which entries describe themselves. Terms of a city are not here: its rulebook has them. */
export const fieldTypeWords = {
  text: text('文本', 'Text'),
  integer: text('整数', 'Whole number'),
  decimal: text('小数', 'Decimal number'),
  boolean: text('是否', 'Yes or no'),
  date: text('日期', 'Date'),
  time: text('时间', 'Time of day'),
  instant: text('日期时间', 'Date and time'),
  'credit-code': text('统一社会信用代码', 'Unified social credit code'),
  'identity-number': text('公民身份号码', 'Citizen identity number'),
  'division-code': text('行政区划代码', 'Administrative division code'),
  phone: text('电话号码', 'Telephone number'),
  longitude: text('经度', 'Longitude'),
  latitude: text('纬度', 'Latitude'),
  geometry: text('几何图形', 'Geometry'),
} as const satisfies Record<string, Text>

export const sensitivityWords = {
  public: text('公开', 'Public'),
  internal: text('内部', 'Internal'),
  personal: text('个人信息', 'Personal information'),
  sensitive: text('敏感个人信息', 'Sensitive personal information'),
} as const satisfies Record<string, Text>

export const cycleWords = {
  'real-time': text('实时', 'Real time'),
  daily: text('每日', 'Daily'),
  weekly: text('每周', 'Weekly'),
  monthly: text('每月', 'Monthly'),
  quarterly: text('每季度', 'Quarterly'),
  yearly: text('每年', 'Yearly'),
  irregular: text('不定期', 'Irregular'),
} as const satisfies Record<string, Text>

export const gradeWords = {
  'general-1': text('一般数据 1 级', 'General data, grade 1'),
  'general-2': text('一般数据 2 级', 'General data, grade 2'),
  'general-3': text('一般数据 3 级', 'General data, grade 3'),
  'general-4': text('一般数据 4 级', 'General data, grade 4'),
  important: text('重要数据', 'Important data'),
  core: text('核心数据', 'Core data'),
} as const satisfies Record<string, Text>

/** The words of a list in one language. */
export const wordsIn = <K extends string>(
  list: Readonly<Record<K, Text>>,
  language: Language,
): Record<K, string> =>
  Object.fromEntries(
    (Object.entries(list) as [K, Text][]).map(([key, words]) => [key, words[language]]),
  ) as Record<K, string>
