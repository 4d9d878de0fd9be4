import type { Refusal } from '@tiaoli/kernel/decisions'
import { text } from '@tiaoli/kernel/text'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import { type EntryContent, typeOf } from '../catalogue/index.ts'
import { contentDigest, type PublicationCheck } from './publication.model.ts'

/** The checks that an entry needs before it is published: none where it is not to be opened. */
export function checksDemanded(rulebook: Rulebook, content: EntryContent) {
  const checks = rulebook.rooms.publication?.checks
  const opening = typeOf(rulebook, 'opening', content.opening.type)
  return checks === undefined || opening === undefined || opening.effect === 'closed' ? [] : checks.kinds
}

/**
 * Why the entry may not be published yet: a check is missing, was made of another content, or was not passed.
 * Of several checks of one kind the newest counts; `checks` come newest first.
 *
 * @article TJ-20.2
 */
export function refusalToPublish(
  rulebook: Rulebook,
  content: EntryContent,
  checks: readonly PublicationCheck[],
): Refusal | undefined {
  const rule = rulebook.rooms.publication?.checks
  const digest = contentDigest(content)
  const lacking = checksDemanded(rulebook, content).filter(({ key }) => {
    const newest = checks.find((check) => check.kind === key && check.content === digest)
    return newest?.passed !== true
  })
  if (rule === undefined || lacking.length === 0) return undefined
  const names = lacking.map(({ term }) => term)
  return {
    code: 'unchecked',
    article: rule.article,
    condition: text(
      `${rule.condition.zh}：${names.map(({ zh }) => zh).join('、')}`,
      `${rule.condition.en}: ${names.map(({ en }) => en).join(', ')}`,
    ),
    remedy: rule.remedy,
  }
}

/** The filing that the sharing type of the entry asks for; undefined where it asks for none. */
export const filingDemanded = (rulebook: Rulebook, content: EntryContent) =>
  typeOf(rulebook, 'sharing', content.sharing.type)?.demands.filing
