import { mappedPowers, type SignOnProvider } from '@tiaoli/contract/sign-on'

type Mapping = SignOnProvider['mapping']

/** A mapping as lines to be written: value, organisation, powers. */
export const linesOfMapping = (mapping: Mapping): string =>
  mapping
    .map(({ value, organisationId, powers }) => [value, organisationId, powers.join('+')].join(', '))
    .join('\n')

/** The mapping of the lines, or the number of the first line that is not in the form. A value may hold no comma. */
export function mappingOfLines(text: string): Mapping | number {
  const mapping: Mapping = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const [value = '', organisationId = '', written = '', ...rest] = line
      .split(/[,，]/)
      .map((part) => part.trim())
    const names = written.split(/[+＋]/).flatMap((name) => name.trim() || [])
    const powers = mappedPowers.filter((power) => names.includes(power))
    if (value === '' || organisationId === '' || rest.length > 0 || powers.length !== new Set(names).size)
      return index + 1
    mapping.push({ value, organisationId, powers })
  }
  return mapping
}
