import type { ArticleId, Refusal } from '@tiaoli/kernel/decisions'
import { text } from '@tiaoli/kernel/text'
import type { UseRules } from '../../foundations/rulebook/index.ts'

/** Fewer names in common than this say nothing: every register has a code and a name. */
const fewestInCommon = 3
/** So much of what is to be registered has to be what was received. */
const shareInCommon = 0.8

const plain = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/gu, '')

/**
 * Whether a list of fields is that of data which the body has received, as far as names can tell.
 *
 * @article CQ-25.3-c TJ-18.1-b SZ-13.4-b XM-27.2-b
 */
export function resembles(own: readonly string[], received: readonly string[]): boolean {
  const names = new Set(received.map(plain))
  const common = own.filter((name) => names.has(plain(name))).length
  return common >= fewestInCommon && common >= own.length * shareInCommon
}

/** What was received may not be registered as one's own; who says why it is one's own after all may go on. */
export function passedOn(
  use: UseRules,
  origin: { readonly title: string; readonly provider: { readonly zh: string; readonly en: string } },
): Refusal & { readonly article: ArticleId } {
  return {
    code: 'received-data',
    article: use.noOnwardSupply.article,
    condition: text(
      `内容与本单位取得的${origin.provider.zh}《${origin.title}》一致；${use.noOnwardSupply.condition.zh}`,
      `This is what the body received from ${origin.provider.en}, “${origin.title}”; ${use.noOnwardSupply.condition.en}`,
    ),
    remedy: text(
      '不得将取得的数据登记为本单位数据。确系本单位自行采集的，请在目录条目中写明自行采集的说明，再行提交。',
      'What was received is not one’s own to register. If the body collects these data itself, say so in the entry and submit it again.',
    ),
  }
}
