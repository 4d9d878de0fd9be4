import type { Entry, EntryDraft, EntryField } from '@tiaoli/contract/catalogue'

/** What the editor holds: the parts of an entry that its provider states. */
export type Draft = Pick<
  Entry,
  | 'title'
  | 'summary'
  | 'part'
  | 'theme'
  | 'keywords'
  | 'fields'
  | 'sharing'
  | 'opening'
  | 'updateCycle'
  | 'securityGrade'
  | 'sourceSystem'
  | 'format'
  | 'sharingMode'
  | 'openingMode'
  | 'useRequirements'
  | 'assessment'
  | 'ownCollection'
  | 'sourceGrantId'
  | 'priorityField'
  | 'documentClass'
  | 'subjectType'
  | 'sourceClass'
  | 'businessItems'
  | 'need'
  | 'parentItem'
  | 'extra'
>

export type PartProps = { draft: Draft; change: (part: Partial<Draft>) => void }

export const draftOf = (entry: Entry): Draft => ({
  title: entry.title,
  summary: entry.summary,
  part: entry.part,
  theme: entry.theme,
  keywords: entry.keywords,
  fields: entry.fields,
  sharing: entry.sharing,
  opening: entry.opening,
  updateCycle: entry.updateCycle,
  securityGrade: entry.securityGrade,
  sourceSystem: entry.sourceSystem,
  format: entry.format,
  sharingMode: entry.sharingMode,
  openingMode: entry.openingMode,
  useRequirements: entry.useRequirements,
  assessment: entry.assessment,
  ownCollection: entry.ownCollection,
  sourceGrantId: entry.sourceGrantId,
  priorityField: entry.priorityField,
  documentClass: entry.documentClass,
  subjectType: entry.subjectType,
  sourceClass: entry.sourceClass,
  businessItems: entry.businessItems,
  need: entry.need,
  parentItem: entry.parentItem,
  extra: entry.extra,
})

export const newField: EntryField = {
  name: '',
  type: 'text',
  meaning: '',
  unit: '',
  sensitivity: 'internal',
  key: false,
  required: false,
}

/**
 * What can be saved now: a field without a name and a basis with a part missing wait in the browser until they
 * are whole, and an empty title does not replace the one that stands.
 */
export function savable(draft: Draft): Partial<EntryDraft> {
  const { title, ...rest } = draft
  return {
    ...rest,
    ...(title.trim() ? { title } : {}),
    fields: draft.fields.filter(({ name }) => name.trim() !== ''),
    sharing: withWholeBasis(draft.sharing),
    opening: withWholeBasis(draft.opening),
  }
}

function withWholeBasis(typing: Draft['sharing']): Draft['sharing'] {
  const whole = typing.basis && Object.values(typing.basis).every((part) => part.trim() !== '')
  return { ...typing, basis: whole ? typing.basis : null }
}

/** The place in the editor where a part of an entry is stated: `sharing.conditions` → `sharing-conditions`. */
export const anchorOf = (path: string): string =>
  path
    .replace(/(Type|Conditions|Basis|Reasons)$/, '.$1')
    .replace(/\.type$/i, '')
    .replaceAll('.', '-')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/-+/g, '-')
