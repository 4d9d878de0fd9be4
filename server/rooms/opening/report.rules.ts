import { type Text, text } from '@tiaoli/kernel/text'
import type { AccessType } from '../../foundations/rulebook/index.ts'
import type { EntryContent } from '../catalogue/index.ts'

/**
 * Why a type looks stricter than what supports it: the assessment found no personal information and no field is
 * withheld from the public, or nothing is cited for it. For an officer to look at; it decides nothing.
 *
 * @article CQ-25.1 CQ-27.1-b TJ-15.1-a SZ-13.1
 */
export function reviewOf(
  axis: 'sharing' | 'opening',
  type: AccessType | undefined,
  content: EntryContent,
): Text | null {
  if (type === undefined || type.effect === 'free') return null
  if (content[axis].basis === null && !content[axis].reasons)
    return text('没有写明依据或者理由', 'Neither basis nor reasons are stated')
  const withheld = content.fields.some(({ sensitivity }) => sensitivity !== 'public')
  if (content.assessment?.personalInformation === false && !withheld)
    return text(
      '评估认为不含个人信息，且全部信息项可以公开',
      'The assessment found no personal information, and every field may be public',
    )
  return null
}
