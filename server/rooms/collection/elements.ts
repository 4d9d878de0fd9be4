import type { FieldType } from '../../foundations/lake/index.ts'

/**
 * Names under which forms ask for one and the same thing. The first of each row is the name of the element. What is
 * not here is compared by its own name; two things that merely resemble each other do not belong in one row.
 */
const synonyms: readonly (readonly string[])[] = [
  ['公民身份号码', '身份证号', '身份证号码', '居民身份证号码', '身份号码', '证件号码', '身份证件号码'],
  ['姓名', '公民姓名', '本人姓名', '申请人姓名'],
  [
    '住址',
    '家庭住址',
    '家庭地址',
    '居住地址',
    '居住地',
    '现住址',
    '户籍地址',
    '户籍住址',
    '住所地址',
    '居住住址',
  ],
  ['联系电话', '手机号', '手机号码', '电话', '电话号码', '联系方式'],
  ['婚姻状况', '婚姻登记', '婚姻登记信息', '婚姻状态', '婚姻情况'],
  ['结婚证号', '结婚证', '结婚证编号', '结婚证字号', '结婚登记证号'],
  ['出生日期', '出生年月日', '生日'],
  ['性别', '公民性别'],
  ['民族', '公民民族'],
  ['统一社会信用代码', '社会信用代码', '信用代码', '统一信用代码'],
  ['企业名称', '单位名称', '市场主体名称', '公司名称', '法人名称'],
  ['法定代表人', '法人代表', '法定代表人姓名'],
  ['行政区划代码', '区划代码', '行政区划编码', '地理编码'],
  ['学生人数', '在校生人数', '在校学生数', '在校学生人数', '在校生数'],
]

/** Names are compared without spaces, width and case; what people write differs in nothing else. */
export const folded = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

const rows = new Map(synonyms.flatMap((row) => row.map((name) => [folded(name), row] as const)))

/** All names of the thing that a field asks for, folded. */
export const namesOf = (name: string): string[] => rows.get(folded(name))?.map(folded) ?? [folded(name)]

/** The name by which an element is registered, whatever the form calls it. */
export const elementOf = (name: string): string =>
  rows.get(folded(name))?.[0] ?? name.normalize('NFKC').trim()

const numeric: ReadonlySet<FieldType> = new Set(['integer', 'decimal'])

/** Whether two fields of one name can be the same thing: text can be anything, numbers are numbers. */
export const compatible = (a: FieldType, b: FieldType): boolean =>
  a === b || a === 'text' || b === 'text' || (numeric.has(a) && numeric.has(b))
