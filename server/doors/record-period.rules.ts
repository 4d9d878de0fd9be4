import { instantOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { Problem } from '../foundations/problems/index.ts'

/** As far as a search asks for a time, and for what no index answers. */
export type Asked = {
  readonly case?: string | undefined
  readonly kind?: string | undefined
  readonly accesses?: boolean | undefined
  readonly outcome?: string | undefined
  readonly article?: string | undefined
  readonly key?: string | undefined
  readonly scenario?: string | undefined
  readonly from?: string | undefined
  readonly before?: string | undefined
}

/** The time that a search was kept to; `usual` where the caller named no beginning. */
export type Period = { readonly from: string; readonly before: string; readonly usual: boolean }

const dayMs = 86_400_000
const usualDays = 30
const mostDays = 366

/**
 * Pure: the time within which a search is answered, or null where it may look at all times. Records are found by their
 * case at once; by what they say (kind, outcome, article, key, scenario) only by reading them, and there may be hundreds
 * of millions. So that is done for the last thirty days, or for a year at most where the caller names the time. The
 * figures are the platform's own.
 *
 * @throws Problem `bad-filter` where more than a year is asked for, or a time that ends before it begins
 */
export function periodOf(asked: Asked, now: Date): Period | null {
  const { kind, accesses, outcome, article, key, scenario } = asked
  const reads = [kind, accesses, outcome, article, key, scenario].some(
    (each) => each !== undefined && each !== false,
  )
  if (asked.case !== undefined || !reads) return null
  const before = asked.before === undefined ? now.getTime() + 1 : Date.parse(asked.before)
  const from = asked.from === undefined ? before - usualDays * dayMs : Date.parse(asked.from)
  if (before <= from)
    throw new Problem('bad-filter', {
      condition: text('截止时间须晚于起始时间', 'The time ends before it begins'),
      errors: [{ path: 'before', message: text('须晚于起始时间', 'Has to be after the beginning') }],
    })
  if (before - from > mostDays * dayMs)
    throw new Problem('bad-filter', {
      condition: text(
        '按事项、结果、条款、密钥或者场景查询，一次最多查一年（平台规则，非法定）',
        'By kind, outcome, article, key or scenario at most a year is searched at once (a rule of the platform)',
      ),
      remedy: text('请缩短时间范围，分次查询。', 'Narrow the time, and search in parts.'),
      errors: [{ path: 'from', message: text('时间范围超过一年', 'More than a year') }],
    })
  return {
    from: instantOf(new Date(from)),
    before: instantOf(new Date(before)),
    usual: asked.from === undefined,
  }
}
