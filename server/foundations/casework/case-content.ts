import type { ContentField as ContentFieldView } from '@tiaoli/contract/rulebook'
import { type GrantLimits, limitsInWords } from '@tiaoli/kernel/grant-limits'
import { type Mask, masksInWords } from '@tiaoli/kernel/masks'
import { type RowFilter, rowsInWords } from '@tiaoli/kernel/row-filters'
import type { Text } from '@tiaoli/kernel/text'
import type { ActContent, CaseEvent } from '../cases/index.ts'
import type { Organisation } from '../identity/index.ts'
import type { Act, ContentField, Procedure, Rulebook } from '../rulebook/index.ts'

/** What is looked up to show content. */
export type ContentNames = {
  readonly organisation: (id: string) => Organisation | undefined
  readonly entryTitle: (id: string) => string
}

/** Ids of the entries that acts of a case name. */
export const entriesNamed = (procedure: Procedure, events: readonly CaseEvent[]): string[] =>
  events.flatMap(({ act, content }) =>
    (procedure.acts.find(({ key }) => key === act)?.content ?? []).flatMap(({ key, kind }) =>
      kind === 'entry' && typeof content[key] === 'string' ? [content[key]] : [],
    ),
  )

/** The content of an act as it is shown: in the order of the form, each value under the title that asked for it. */
export function presentContent(
  act: Act | undefined,
  content: ActContent,
  names: ContentNames,
): { key: string; title: Text; kind: string; value: unknown }[] {
  return (act?.content ?? [])
    .filter((field) => content[field.key] !== undefined && content[field.key] !== '')
    .map((field) => ({
      key: field.key,
      title: field.title,
      kind: field.kind,
      value: shownValue(field, content[field.key], names),
    }))
}

/** A choice, masks, rows and limits are shown in their words, an organisation by its name, an entry by its title. */
function shownValue(field: ContentField, value: unknown, names: ContentNames): unknown {
  if (field.kind === 'choice') return field.choices?.find((choice) => choice.key === value)?.term ?? value
  if (field.kind === 'masks') return masksInWords(value as Record<string, Mask>)
  if (field.kind === 'rows') return rowsInWords(value as RowFilter)
  if (field.kind === 'limits') return limitsInWords(value as GrantLimits)
  if (field.kind === 'entry') return { id: value, title: names.entryTitle(String(value)) }
  return field.kind === 'organisation' ? (names.organisation(String(value))?.name ?? value) : value
}

export function presentField(rulebook: Rulebook, field: ContentField): ContentFieldView {
  return {
    key: field.key,
    kind: field.kind,
    title: field.title,
    help: field.help ?? null,
    required: field.required,
    article: field.article ?? null,
    minLength: field.minLength ?? null,
    maxLength: field.maxLength ?? null,
    choices: field.choices ? [...field.choices] : null,
    ranks: field.ranks
      ? field.ranks.map(
          (rank) =>
            rulebook.catalogue.basisRanks.find((each) => each.key === rank) ?? {
              key: rank,
              term: { zh: rank, en: rank },
            },
        )
      : null,
  }
}

export const presentAct = (rulebook: Rulebook, act: Act) => ({
  key: act.key,
  title: act.title,
  summary: act.summary,
  article: act.article ?? null,
  tone: act.tone ?? ('default' as const),
  by: [...act.by],
  from: [...act.from],
  to: act.to ?? null,
  content: act.content.map((field) => presentField(rulebook, field)),
  together: act.together ?? false,
})
