import type { ColumnProfile, FieldType } from './lake.types.ts'

type Personal = NonNullable<ColumnProfile['looksPersonal']>

/** Share of the sampled values that has to look so. */
const plausibleShare = 0.6

/** The hundred most usual family names, which most people bear. */
const familyNames = new Set(
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常',
)

/** Pure: personal data that the values look like. It warns the steward; it decides nothing. */
export function looksPersonal(
  header: string,
  type: FieldType,
  samples: readonly string[],
): Personal | undefined {
  if (type === 'identity-number' || type === 'phone') return type
  if (samples.length === 0) return undefined
  const share = (test: (value: string) => boolean) =>
    samples.filter((value) => test(value.trim())).length / samples.length
  if (share((value) => /^[1-8]\d{5}(19|20)\d{9}[\dXx]$/.test(value)) >= plausibleShare)
    return 'identity-number'
  if (share((value) => /^1[3-9]\d{9}$/.test(value)) >= plausibleShare) return 'phone'
  if (share(isBankCard) >= 0.9) return 'bank-card'
  if (share(isAddress) >= plausibleShare) return 'address'
  const named = /姓名|名字|联系人|负责人|法定代表人|person|full.?name|contact/i.test(header)
  return share(isName) >= (named ? plausibleShare : 0.9) ? 'name' : undefined
}

const isName = (value: string): boolean =>
  /^\p{Script=Han}{2,4}$/u.test(value) &&
  (familyNames.has(value[0]!) || /^(欧阳|上官|司马|诸葛|夏侯|皇甫)/.test(value))

const isAddress = (value: string): boolean =>
  value.length >= 8 && /[省市区县]/.test(value) && /[路街巷道村组号栋幢室]/.test(value)

/** Sixteen to nineteen digits with the check digit of ISO/IEC 7812 (Luhn). */
function isBankCard(value: string): boolean {
  if (!/^[3-6]\d{15,18}$/.test(value)) return false
  let sum = 0
  for (let index = 0; index < value.length; index += 1) {
    const digit = Number(value[value.length - 1 - index])
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
