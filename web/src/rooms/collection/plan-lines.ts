import type { CollectionPlan } from '@tiaoli/contract/collection'
import { linesOf } from '../../kit/ask.ts'
import type { Catalogue } from '../../text/zh.ts'

type Field = CollectionPlan['fields'][number]
type Exception = CollectionPlan['exceptions'][number]
type Ranks = readonly { key: string; term: { zh: string; en: string } }[]

const partsOf = (line: string): string[] => line.split(/[|｜]/).map((part) => part.trim())

/** The key that goes by a word, in the reader's language or as it is. */
function keyOf<K extends string>(
  words: Readonly<Record<K, string>>,
  word: string | undefined,
): K | undefined {
  return (Object.keys(words) as K[]).find((key) => key === word || words[key] === word)
}

/** Reads fields as they are typed, `名称|类型|敏感程度|理由`, one a line. */
export function parseFields(written: string, t: Catalogue): { fields: Field[]; badLine: string | undefined } {
  const fields: Field[] = []
  for (const line of linesOf(written)) {
    const [name, type = '', sensitivity = '', reason = ''] = partsOf(line)
    const [kind, grade] = [keyOf(t.types, type), keyOf(t.sensitivities, sensitivity)]
    if (!name || kind === undefined || grade === undefined) return { fields, badLine: line }
    fields.push({ name, type: kind, sensitivity: grade, reason })
  }
  return { fields, badLine: undefined }
}

export const writeFields = (fields: readonly Field[], t: Catalogue): string =>
  fields
    .map(({ name, type, sensitivity, reason }) =>
      [name, t.types[type], t.sensitivities[sensitivity], reason].join('|'),
    )
    .join('\n')

/** Reads exceptions: `信息项|层级|文件|条款`, or `信息项|同意|方式`. */
export function parseExceptions(written: string, ranks: Ranks): Exception[] {
  return linesOf(written).map((line) => {
    const [field = '', rank = '', instrument = '', article = ''] = partsOf(line)
    if (rank === '同意' || rank === 'consent')
      return { field, ground: 'consent', basis: null, consent: instrument }
    const known = ranks.find(({ key, term }) => key === rank || term.zh === rank || term.en === rank)
    const basis =
      known && instrument !== '' && article !== '' ? { rank: known.key, instrument, article } : null
    return { field, ground: 'provision', basis, consent: '' }
  })
}

export const writeExceptions = (exceptions: readonly Exception[], ranks: Ranks): string =>
  exceptions
    .map(({ field, ground, basis, consent }) =>
      ground === 'consent'
        ? [field, '同意', consent].join('|')
        : [
            field,
            ranks.find(({ key }) => key === basis?.rank)?.term.zh ?? '',
            basis?.instrument ?? '',
            basis?.article ?? '',
          ].join('|'),
    )
    .join('\n')
