import type { SpecificationItem } from '@tiaoli/contract/specifications'
import { linesOf } from '../../kit/ask.ts'

/** Reads items of a specification as they are typed: `key|名称|name|必填|value、value`, one a line. */
export function parseItems(written: string): { items: SpecificationItem[]; badLine: string | undefined } {
  const items: SpecificationItem[] = []
  for (const line of linesOf(written)) {
    const [key, zh, en, need = '', codes = ''] = line.split(/[|｜]/).map((part) => part.trim())
    if (!key || !zh || !en) return { items, badLine: line }
    items.push({
      key: key as SpecificationItem['key'],
      term: { zh, en },
      required: need !== '选填' && need !== 'optional',
      form: 'text',
      codes: codes
        .split(/[、,，]/)
        .map((code) => code.trim())
        .filter((code) => code !== ''),
      minLength: 0,
    })
  }
  return { items, badLine: undefined }
}

/** The same the other way round, to start a new version from the one in force. */
export const writeItems = (items: readonly SpecificationItem[]): string =>
  items
    .map(({ key, term, required, codes }) =>
      [key, term.zh, term.en, required ? '必填' : '选填', codes.join('、')].join('|'),
    )
    .join('\n')
