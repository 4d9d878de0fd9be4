import { granted, type Refusal, refused, type Verdict } from '@tiaoli/kernel/decisions'
import { type CivilDate, civilDateOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { CaseState } from '../../foundations/cases/index.ts'
import type { CorrectionRules } from '../../foundations/rulebook/index.ts'
import type { AgreementTask } from './agreement.model.ts'

/**
 * Whether the order may be given on its ground: where feedback is said to be missing, some has to be; the day by which
 * it is to be corrected lies ahead.
 *
 * @article CQ-57.1-a
 */
export function mayOrder(
  rules: CorrectionRules,
  content: Readonly<Record<string, unknown>>,
  tasks: readonly AgreementTask[],
  today: CivilDate,
): Verdict<null> {
  const by = content[rules.correctBy]
  if (typeof by === 'string' && by <= today)
    return refused({
      code: 'not-ahead',
      article: rules.article,
      condition: text('改正期限应当在今天之后', 'The day by which it is to be corrected lies ahead'),
      remedy: text('请另定改正期限', 'Name a later day'),
      paths: [rules.correctBy],
    })
  const missed = tasks.some(
    ({ kind, missedAt, filedAt }) => kind === 'feedback' && missedAt !== null && filedAt === null,
  )
  if (content[rules.ground.key] === rules.ground.missedFeedback && !missed)
    return refused({
      code: 'no-missed-feedback',
      article: rules.article,
      condition: text('该协议没有逾期未报的反馈', 'No feedback under this agreement is missing'),
      remedy: text('请核对事由', 'Look at the ground again'),
      paths: [rules.ground.key],
    })
  return granted(null)
}

/**
 * Whether a fine may be imposed now, and of this amount: the day of the order has passed, or grave consequences are on
 * record; both bounds are part of the range.
 *
 * @article CQ-57.1-b
 */
export function mayFine(
  { fine, correctBy }: CorrectionRules,
  state: Pick<CaseState, 'opening' | 'flags'>,
  amountGiven: unknown,
  now: Date,
): Verdict<number> {
  const { article } = fine
  const range = { zh: `${fine.least} 元以上 ${fine.most} 元以下`, en: `${fine.least} to ${fine.most} yuan` }
  const overdue = civilDateOf(now) > String(state.opening[correctBy])
  if (!overdue && state.flags[fine.grave] !== true)
    return refused({
      code: 'fine-too-early',
      article,
      condition: text(
        '改正期限尚未届满，也没有记载严重后果',
        'The day of the order has not passed, and no grave consequences are on record',
      ),
      remedy: text('请待期满，或者先记载严重后果', 'Wait for that day, or record the consequences first'),
    } satisfies Refusal)
  const amount = /^\d{1,9}$/.test(String(amountGiven)) ? Number(amountGiven) : Number.NaN
  return amount >= fine.least && amount <= fine.most
    ? granted(amount)
    : refused({
        code: 'fine-out-of-range',
        article,
        condition: text(`罚款金额应当在${range.zh}`, `A fine is from ${range.en}`),
        remedy: text(`请填写${range.zh}的整数金额`, `Give a whole amount from ${range.en}`),
        paths: [fine.key],
      })
}
