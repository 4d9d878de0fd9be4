import type { Case, CaseEventView } from '@tiaoli/contract/cases'
import { civilDateOf } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'

const words = {
  number: text('编号', 'Number'),
  about: text('事项', 'Subject'),
  to: text('申请人', 'Applicant'),
  by: text('办理', 'By'),
  on: text('日期', 'Date'),
  article: text('条款', 'Article'),
  record: text('留痕编号', 'Record'),
  undertaken: text('已承诺', 'undertaken'),
} as const

/**
 * One act of a case as a document that is handed over and kept: a refusal with its reasons, an undertaking that was
 * given, a decision. Made of recorded history alone, so it reads the same whenever it is fetched; the number of the
 * record leads to its proof.
 */
export function documentOf(found: Case, event: CaseEventView, regulation: Text): string {
  const actor = event.actor
  const rows: (readonly [Text, string])[] = [
    [words.number, found.number],
    [words.about, both(found.subject)],
    [words.to, found.applicant.organisation ? both(found.applicant.organisation.name) : found.applicant.name],
    ...event.content.map(({ title, value }) => [title, shown(value)] as const),
    [
      words.by,
      actor === null
        ? ''
        : [actor.organisation && both(actor.organisation.name), actor.role && both(actor.role), actor.name]
            .filter(Boolean)
            .join(' · '),
    ],
    [words.on, civilDateOf(new Date(event.at))],
    [words.article, event.article ?? ''],
    [words.record, event.recordId ?? ''],
  ]
  const body = rows
    .filter(([, value]) => value !== '')
    .map(([title, value]) => `<tr><th>${escaped(both(title))}</th><td>${escaped(value)}</td></tr>`)
    .join('\n')
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>${escaped(found.number)} ${escaped(event.title.zh)}</title>
<style>body{font:16px/1.7 serif;max-width:46em;margin:3em auto}th{text-align:left;vertical-align:top;padding-right:2em;font-weight:normal;color:#555}td{white-space:pre-wrap}</style></head>
<body>
<p>${escaped(both(regulation))}</p>
<h1>${escaped(both(found.procedure.title))}</h1>
<h2>${escaped(both(event.title))}</h2>
<table>
${body}
</table>
</body>
</html>
`
}

const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'zh' in value && 'en' in value

const both = ({ zh, en }: Text): string => (zh === en ? zh : `${zh} ${en}`)

function shown(value: unknown): string {
  if (value === true) return both(words.undertaken)
  if (isText(value)) return both(value)
  if (Array.isArray(value)) return value.map(String).join('、')
  if (typeof value === 'object' && value !== null)
    return Object.values(value)
      .filter((part) => typeof part === 'string')
      .join(' ')
  return String(value)
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}
const escaped = (plain: string): string => plain.replace(/[&<>"]/g, (sign) => entities[sign]!)
