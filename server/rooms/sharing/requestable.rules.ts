import { text } from '@tiaoli/kernel/text'
import { Problem } from '../../foundations/problems/index.ts'
import type { AccessType, Procedure, Rulebook } from '../../foundations/rulebook/index.ts'
import { type Entry, typeOf } from '../catalogue/index.ts'

const asksBy = (type: AccessType | undefined, { key }: Procedure): boolean =>
  type?.effect === 'by-request' && type.procedure === key

/**
 * Data are asked for by the procedure of one of the entry's own types and by no other; procedures that no type names
 * are not about access and concern nobody here. Throws where the request cannot be filed.
 */
export function requireRequestable(rulebook: Rulebook, procedure: Procedure, entry: Entry): void {
  const { sharingTypes, openingTypes } = rulebook.catalogue
  if (![...sharingTypes, ...openingTypes].some((type) => asksBy(type, procedure))) return
  const sharing = typeOf(rulebook, 'sharing', entry.content.sharing.type)
  const opening = typeOf(rulebook, 'opening', entry.content.opening.type)
  if (entry.published && (asksBy(sharing, procedure) || asksBy(opening, procedure))) return
  // The type of the axis on which the procedure asks is the one that says no.
  const refusing = openingTypes.some((type) => asksBy(type, procedure)) ? (opening ?? sharing) : sharing
  const terms = [sharing, opening].flatMap((type) => (type ? [type.term] : []))
  throw new Problem('refused-by-law', {
    article: refusing?.article,
    condition: text(
      `该条目为${terms.map((term) => term.zh).join('、')}，没有这项申请程序`,
      `The entry is typed ${terms.map((term) => term.en).join(', ')}; there is no such request for it`,
    ),
    remedy: text(
      '请查看条目页的“申请前须知”，按其类型取得数据或者联系数据提供单位。',
      'See “before you apply” on its page for how its data are obtained.',
    ),
  })
}
