import type { BasisView } from '@tiaoli/contract/catalogue'
import type { Rulebook } from '../foundations/rulebook/index.ts'

/** National laws that entries and refusals rest on: title and article. */
const laws = {
  'personal-information': ['中华人民共和国个人信息保护法', '第十三条'],
  'sensitive-personal-information': ['中华人民共和国个人信息保护法', '第二十八条'],
  'data-security': ['中华人民共和国数据安全法', '第三十八条'],
  privacy: ['中华人民共和国民法典', '第一千零三十四条'],
  'civil-registration': ['中华人民共和国居民身份证法', '第六条'],
  'social-insurance': ['中华人民共和国社会保险法', '第八十一条'],
  health: ['中华人民共和国基本医疗卫生与健康促进法', '第九十二条'],
  minors: ['中华人民共和国未成年人保护法', '第七十二条'],
  mapping: ['中华人民共和国测绘法', '第四十七条'],
} as const

export type BasisKey = keyof typeof laws

/** The law as a basis under the rulebook. A law has the highest of its ranks, and no rulebook refuses it. */
export function basisUnder(rulebook: Rulebook, key: BasisKey): BasisView {
  const [title, article] = laws[key]
  return { instrument: `《${title}》`, article, rank: rulebook.catalogue.basisRanks[0]!.key }
}
