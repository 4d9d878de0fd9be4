import type { Case } from '@tiaoli/contract/cases'
import type { EntrySummary, Entry as EntryView, SnapshotView } from '@tiaoli/contract/catalogue'
import { civilDateOf } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Organisation } from '../../foundations/identity/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import { type Entry, type EntryContent, nextLoadDue } from './catalogue.model.ts'

type FindOrganisation = (id: string) => Organisation | undefined

const providerOf = (find: FindOrganisation, id: string) => {
  const organisation = find(id)
  return { id, name: organisation?.name ?? text(id, id) }
}

export function presentEntrySummary(
  find: FindOrganisation,
  entry: Entry,
  content: EntryContent = entry.content,
): EntrySummary {
  return {
    id: entry.id,
    number: entry.number,
    title: content.title,
    summary: content.summary,
    provider: providerOf(find, entry.providerId),
    theme: content.theme,
    part: content.part,
    status: entry.status,
    sharingType: content.sharing.type,
    openingType: content.opening.type,
    updateCycle: content.updateCycle,
    rows: entry.live?.rows ?? null,
    liveAt: entry.live?.at.toISOString() ?? null,
    heldAt: entry.live === null && entry.heldAt ? entry.heldAt.system : null,
    updatedAt: entry.updatedAt.toISOString(),
  }
}

/** What else a page about one entry shows, gathered by the room that joins them. */
export type EntryExtras = {
  readonly snapshot: SnapshotView | null
  readonly quality: EntryView['quality']
  readonly liveGrants: number
  readonly connection: EntryView['connection']
  readonly decisions: EntryView['decisions']
  readonly catalogueCase: Case | null
  readonly editable: boolean
  readonly uploadable: boolean
  /** True for those who see the revision that waits, false for everyone else. */
  readonly showsPending: boolean
  readonly now: Date
}

export function presentEntry(
  find: FindOrganisation,
  rulebook: Rulebook,
  entry: Entry,
  extras: EntryExtras,
): EntryView {
  const content = extras.showsPending ? (entry.pending ?? entry.content) : entry.content
  const { now, showsPending: _, ...shown } = extras
  const dueBefore = nextLoadDue(content, entry.live?.at ?? null)
  return {
    ...presentEntrySummary(find, entry, content),
    keywords: content.keywords,
    fields: content.fields,
    sharing: content.sharing,
    opening: content.opening,
    securityGrade: content.securityGrade,
    sourceSystem: content.sourceSystem,
    format: content.format,
    sharingMode: content.sharingMode,
    openingMode: content.openingMode,
    useRequirements: content.useRequirements,
    assessment: content.assessment && {
      ...content.assessment,
      assessor: extras.showsPending ? (content.assessed?.by ?? null) : null,
      assessedAt: content.assessed?.at ?? null,
    },
    // Entries from before the question was asked have no answer.
    ownCollection: content.ownCollection ?? '',
    sourceGrantId: content.sourceGrantId,
    subjectType: content.subjectType,
    sourceClass: content.sourceClass,
    businessItems: content.businessItems,
    need: content.need,
    parentItem: content.parentItem,
    extra: content.extra,
    priorityField: content.priorityField ?? null,
    documentClass: content.documentClass ?? null,
    version: entry.version,
    createdAt: entry.createdAt.toISOString(),
    publishedAt: entry.publishedAt?.toISOString() ?? null,
    freshness:
      entry.live === null
        ? null
        : { dueBefore: dueBefore?.toISOString() ?? null, late: dueBefore !== null && dueBefore < now },
    citation: citationOf(rulebook, providerOf(find, entry.providerId).name, entry),
    ...shown,
  }
}

/** How a result made with the data names its source. @article CQ-30 */
export function citationOf(rulebook: Rulebook, provider: Text, entry: Entry): Text {
  const on = civilDateOf(entry.live?.at ?? entry.publishedAt ?? entry.createdAt)
  const { title } = entry.content
  // Most bodies already carry the city in their name.
  const source = provider.zh.startsWith(rulebook.city.zh) ? provider.zh : rulebook.city.zh + provider.zh
  return text(
    `数据来源：${source}《${title}》（目录编号 ${entry.number}，数据日期 ${on}）`,
    `Source: ${provider.en}, ${rulebook.city.en}: “${title}” (catalogue no. ${entry.number}, data of ${on})`,
  )
}
