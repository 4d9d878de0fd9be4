import type { Text } from '@tiaoli/kernel/text'

type Party = { readonly name: string | null; readonly organisation: { readonly name: Text } | null }

/** Organisation and person, each once: an organisation that acts by itself is its own name. */
export function partyName({ name, organisation }: Party, say: (text: Text) => string): string {
  const parts = [organisation ? say(organisation.name) : '', name ?? '']
  const given = parts.filter((part) => part !== '')
  if (organisation && (name === organisation.name.zh || name === organisation.name.en)) return parts[0]!
  return given.join(' ')
}
