import { type GrantLimits, limitsInWords } from '@tiaoli/kernel/grant-limits'
import { type Mask, masksInWords } from '@tiaoli/kernel/masks'
import { type RowFilter, rowsInWords } from '@tiaoli/kernel/row-filters'
import type { Text } from '@tiaoli/kernel/text'
import { Link } from 'react-router'
import { usePortalText } from '../text/use-text.ts'
import { useTerms } from './rulebook.ts'

type Answered = { readonly kind: string; readonly value: unknown }

/** Choices and organisations come in words. */
const isText = (value: unknown): value is Text => typeof value === 'object' && value !== null && 'zh' in value

/** An answer of a form, shown again: text with its lines, a basis as one citation, fields as a list. */
export function ContentValue({ kind, value }: Answered) {
  const { t, say } = usePortalText()
  const { rankTerm } = useTerms()
  if (value === null || value === undefined) return <span className="quiet">{t.common.notGiven}</span>
  if (kind === 'basis' && typeof value === 'object') {
    const basis = value as { rank: string; instrument: string; article: string }
    return (
      <span>
        {basis.instrument} {basis.article} <span className="quiet">（{rankTerm(basis.rank)}）</span>
      </span>
    )
  }
  if (value === true) return <span>{t.form.affirmed}</span>
  if (kind === 'entry' && typeof value === 'object') {
    const entry = value as { id: string; title: string }
    return <Link to={`/entries/${entry.id}`}>{entry.title}</Link>
  }
  if (isText(value)) return <span>{say(value)}</span>
  if (kind === 'masks' && typeof value === 'object' && !Array.isArray(value))
    return <span>{say(masksInWords(value as Record<string, Mask>))}</span>
  if (kind === 'rows' && Array.isArray(value)) return <span>{say(rowsInWords(value as RowFilter))}</span>
  if (kind === 'limits' && typeof value === 'object')
    return <span>{say(limitsInWords(value as GrantLimits))}</span>
  if (Array.isArray(value)) return <span>{value.join(t.common.listSeparator)}</span>
  return <span className="pre-line">{String(value)}</span>
}
