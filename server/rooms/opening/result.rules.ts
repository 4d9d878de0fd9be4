import { type Text, text } from '@tiaoli/kernel/text'
import type { ResultRules } from '../../foundations/rulebook/index.ts'

export type Source = { readonly number: string; readonly title: string; readonly citation: Text }

export type ResultFault = { readonly path: string; readonly message: Text; readonly remedy: Text }

/**
 * What a result lacks before it can be registered: a source that is linked, and each source named in the words that
 * the result itself uses. A title or a catalogue number names a source.
 *
 * @article CQ-30.1
 */
export function faultsOfResult(
  rules: ResultRules,
  result: { readonly kind: string; readonly naming: string },
  sources: readonly Source[],
  city: Text,
): ResultFault[] {
  const faults: ResultFault[] = []
  if (!rules.kinds.some(({ key }) => key === result.kind))
    faults.push({
      path: 'kind',
      message: text('成果类型不在所列范围内', 'This is no kind of result that is known here'),
      remedy: text(
        `请从中选择：${rules.kinds.map(({ term }) => term.zh).join('、')}。`,
        `Choose one of: ${rules.kinds.map(({ term }) => term.en).join(', ')}.`,
      ),
    })
  if (sources.length === 0)
    faults.push({
      path: 'entryIds',
      message: text('尚未关联数据来源', 'No source entry is linked'),
      remedy: text(
        `请关联所用的目录条目，并在成果中注明，例如：数据来源：${city.zh}〔提供单位〕《〔目录标题〕》（目录编号〔编号〕，数据日期〔日期〕）`,
        `Link the entries that were used, and name them in the result, as in: Source: [provider], ${city.en}: “[title]” (catalogue no. [number], data of [date])`,
      ),
    })
  const unnamed = rules.naming
    ? sources.filter(({ number, title }) => !result.naming.includes(number) && !result.naming.includes(title))
    : []
  if (unnamed.length > 0)
    faults.push({
      path: 'naming',
      message: text(
        `成果中没有注明来源：${unnamed.map(({ title }) => `《${title}》`).join('、')}`,
        `The result does not name its source: ${unnamed.map(({ title }) => `“${title}”`).join(', ')}`,
      ),
      remedy: text(
        `请这样注明：${unnamed.map(({ citation }) => citation.zh).join('；')}`,
        `Name it like this: ${unnamed.map(({ citation }) => citation.en).join('; ')}`,
      ),
    })
  return faults
}
