import type { Catalogue } from '../text/zh.ts'

/** How a property of an entry is called where a difference names it. */
export function propertyName(t: Catalogue, name: string): string {
  const own: Readonly<Record<string, string>> = {
    title: t.editor.title,
    summary: t.editor.summary,
    securityGrade: t.entry.grade,
    subjectType: t.compilation.subjectType,
    sourceClass: t.compilation.source,
    businessItems: t.compilation.business,
    need: t.compilation.need,
    parentItem: t.compilation.parentItem,
    extra: t.compilation.extra,
  }
  const known = (t.entry as Readonly<Record<string, unknown>>)[name]
  return own[name] ?? (typeof known === 'string' ? known : name)
}
