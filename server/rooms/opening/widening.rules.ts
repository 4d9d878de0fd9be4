import { text } from '@tiaoli/kernel/text'
import type { OpeningRules } from '../../foundations/rulebook/index.ts'
import type { EntryFault } from '../catalogue/index.ts'
import type { Assessment, Ground } from './reassessment.store.ts'

type Effect = 'free' | 'by-request' | 'closed' | undefined

/**
 * What stands against opening a published entry further: what was not open needs a ground that no earlier change has
 * used; what was open on conditions an assessment that found it fit, by somebody else than whoever publishes.
 *
 * @article SZ-14.2-a SZ-14.2-b
 */
export function faultsOfWidening(
  rules: Pick<OpeningRules, 'reopening' | 'reassessment'>,
  change: { readonly from: Effect; readonly to: Effect },
  known: {
    readonly grounds: readonly Ground[]
    readonly last: Assessment | undefined
    readonly publisherId: string | undefined
  },
): EntryFault[] {
  const path = 'opening.type'
  if (change.from === 'closed' && change.to !== 'closed' && rules.reopening !== undefined) {
    const { article, condition, remedy } = rules.reopening
    const unused = known.grounds.some(({ usedAt }) => usedAt === null)
    return unused ? [] : [{ path, article, message: condition, remedy }]
  }
  if (change.from !== 'by-request' || change.to !== 'free' || rules.reassessment === undefined) return []
  if (known.last?.finding !== 'qualifies')
    return [
      {
        path,
        article: rules.reassessment.article,
        message: text(
          '有条件开放的条目经评估具备条件的，才能转为无条件开放',
          'A conditional entry is opened to all once an assessment has found it fit',
        ),
        remedy: text('请先评估并写明理由', 'Assess it first, with the reasons'),
      },
    ]
  return known.last.userId === known.publisherId ? [secondPerson] : []
}

/** Asked by the platform: the text names no second person. */
export const secondPerson: EntryFault = {
  path: 'opening.type',
  message: text(
    '转为无条件开放须由评估人以外的人员确认（平台要求，非法定）',
    'Somebody else than who assessed it confirms the opening to all (asked by the platform, not statutory)',
  ),
  remedy: text('请本单位另一名数据管理员确认', 'Have another data steward of your body confirm it'),
}
