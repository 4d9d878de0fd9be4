import type { ContentField } from '@tiaoli/contract/rulebook'
import type { Text } from '@tiaoli/kernel/text'

/** A question of an act that belongs to the contract itself and not to a procedure. */
export const question = (
  key: string,
  title: Text,
  more: Partial<Omit<ContentField, 'key' | 'title'>> = {},
): ContentField => ({
  key,
  title,
  kind: 'text',
  help: null,
  required: true,
  article: null,
  minLength: null,
  maxLength: 2000,
  choices: null,
  ranks: null,
  ...more,
})
