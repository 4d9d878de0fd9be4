import type { EntryField } from '@tiaoli/contract/catalogue'
import type { Catalogue } from '../../../../text/zh.ts'
import { newField } from './draft.ts'

type Words = Pick<Catalogue, 'types' | 'sensitivities' | 'fields'>

/** Reads pasted lines as fields. Types and sensitivities are known by key or by their word in either language. */
export function parseFields(text: string, languages: readonly Words[]): EntryField[] {
  return text.split(/\r?\n/).flatMap((line): EntryField[] => {
    const cells = line.split(line.includes('\t') ? '\t' : /[,，]/).map((cell) => cell.trim())
    const [name = '', type = '', meaning = '', sensitivity = ''] = cells
    const isHeading = languages.some(({ fields }) => fields.name === name)
    if (name === '' || isHeading) return []
    return [
      {
        ...newField,
        name,
        meaning,
        type: keyOf(type, languages, ({ types }) => types) ?? newField.type,
        sensitivity: keyOf(sensitivity, languages, (words) => words.sensitivities) ?? newField.sensitivity,
      },
    ]
  })
}

function keyOf<K extends string>(
  word: string,
  languages: readonly Words[],
  pick: (words: Words) => Readonly<Record<K, string>>,
): K | undefined {
  for (const words of languages) {
    const entries = Object.entries(pick(words)) as [K, string][]
    const found = entries.find(([key, value]) => key === word || value.toLowerCase() === word.toLowerCase())
    if (found) return found[0]
  }
  return undefined
}
