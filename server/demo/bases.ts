import type { BasisView } from '@tiaoli/contract/catalogue'
import type { Rulebook } from '../foundations/rulebook/index.ts'

/** National instruments that entries rest on. `ranks`: what rulebooks call their rank, in the order of preference. */
const instruments = {
  'personal-information': cite('law', '中华人民共和国个人信息保护法', '第十三条'),
  'sensitive-personal-information': cite('law', '中华人民共和国个人信息保护法', '第二十八条'),
  'data-security': cite('law', '中华人民共和国数据安全法', '第三十八条'),
  privacy: cite('law', '中华人民共和国民法典', '第一千零三十四条'),
  'civil-registration': cite('law', '中华人民共和国居民身份证法', '第六条'),
  'social-insurance': cite('law', '中华人民共和国社会保险法', '第八十一条'),
  health: cite('law', '中华人民共和国基本医疗卫生与健康促进法', '第九十二条'),
  minors: cite('law', '中华人民共和国未成年人保护法', '第七十二条'),
  'government-information': cite('regulation', '中华人民共和国政府信息公开条例', '第十五条'),
  mapping: cite('law', '中华人民共和国测绘法', '第四十七条'),
} as const

export type BasisKey = keyof typeof instruments

type Instrument = Pick<BasisView, 'instrument' | 'article'> & { readonly ranks: readonly string[] }

function cite(rank: 'law' | 'regulation', title: string, article: string): Instrument {
  const ranks = rank === 'law' ? ['law'] : ['administrative-regulation', 'regulation']
  return { instrument: `《${title}》`, article, ranks }
}

/** The instrument as a basis under the rulebook, by the first of its ranks that is accepted there. */
export function basisUnder(
  rulebook: Rulebook,
  key: BasisKey,
  accepted: readonly string[] = rulebook.catalogue.basisRanks.map((rank) => rank.key),
): BasisView {
  const { ranks, instrument, article } = instruments[key]
  const rank = ranks.find((each) => accepted.includes(each))
  if (rank === undefined) throw new Error(`${rulebook.id} accepts no basis of the rank of ${instrument}`)
  return { instrument, article, rank }
}
