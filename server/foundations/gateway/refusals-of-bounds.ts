import type { Refusal } from '@tiaoli/kernel/decisions'
import { type GrantLimits, limitsInWords } from '@tiaoli/kernel/grant-limits'
import { type RowFilter, rowsInWords } from '@tiaoli/kernel/row-filters'
import { type Text, text } from '@tiaoli/kernel/text'
import type { AccessFacts, SecurityGrade } from './gateway.types.ts'

/** Refusals for the grade of the data, the rows a grant covers and how much it lets be taken. Codes are never reused. */

/** No article of the five regulations says which grade may leave how: these two are rules of the platform. */
export const gradeNeedsGrant = (grade: SecurityGrade): Refusal => ({
  code: 'grade-needs-grant',
  condition: text(
    `该目录条目定为${gradeNames[grade].zh}，不作无条件共享或者开放，须逐项申请批准（平台规则，非法定）。`,
    `The entry is graded ${gradeNames[grade].en}: it is given to nobody without a decision on a request (a rule of the platform, not statutory).`,
  ),
  remedy: text(
    '请就所需信息项提出申请；如认为定级有误，请向数据提供单位提出。',
    'Apply for what you need; if you hold the grade to be wrong, tell the provider.',
  ),
})

export const gradeForPublicBodies = (grade: SecurityGrade): Refusal => ({
  code: 'grade-for-public-bodies',
  condition: text(
    `该目录条目定为${gradeNames[grade].zh}，只提供给公共机构（平台规则，非法定）。`,
    `The entry is graded ${gradeNames[grade].en}: it is given to public bodies only (a rule of the platform, not statutory).`,
  ),
  remedy: text(
    '如认为定级有误，请向数据提供单位提出；定级调整以后可以继续使用。',
    'If you hold the grade to be wrong, tell the provider; with another grade the use goes on.',
  ),
})

const gradeNames: Readonly<Record<SecurityGrade, Text>> = {
  'general-1': text('一般数据1级', 'general data 1'),
  'general-2': text('一般数据2级', 'general data 2'),
  'general-3': text('一般数据3级', 'general data 3'),
  'general-4': text('一般数据4级', 'general data 4'),
  important: text('重要数据', 'important data'),
  core: text('核心数据', 'core data'),
}

/** The city's own rule of grades for the way in which the entry is opened. */
export const gradeOutsideType = ({
  article,
  condition,
  remedy,
}: NonNullable<AccessFacts['grades']>): Refusal => ({
  code: 'grade-outside-type',
  article,
  condition,
  remedy,
})

/** The grant covers some of the rows, and nobody can tell any more which: then none is given. */
export const rowsNotDeterminable = (filter: RowFilter, gone: readonly string[]): Refusal => ({
  code: 'rows-not-determinable',
  condition: text(
    `使用许可只涉及部分数据（${rowsInWords(filter).zh}），而所依据的信息项已不存在或者类型已变更：${gone.join('、')}，无法确定涉及哪些行。`,
    `The grant covers some of the rows (${rowsInWords(filter).en}), and the fields that tell which are gone or of another type: ${gone.join(', ')}.`,
  ),
  remedy: text(
    '请联系作出决定的单位，或者就现有的信息项重新申请。',
    'Ask the body that decided, or apply anew on the fields that there are now.',
  ),
})

/** Limits are conditions of the decision, not of the regulation: they cite no article. */
export const requestsUsedUp = (limits: GrantLimits): Refusal => ({
  code: 'grant-requests-used-up',
  condition: text(
    `使用许可限每分钟 ${limits.requestsPerMinute} 次请求，本分钟已经用完（许可条件，非法定）。`,
    `The grant admits ${limits.requestsPerMinute} requests a minute, and those of this minute are used up (a condition of the grant, not statutory).`,
  ),
  remedy: text(
    '请于下一分钟再试；确需更多的，请申请新的使用许可。',
    'Try again in the next minute; apply for another grant where more is needed.',
  ),
})

/** `left`: of the day; `asked`: what the call would take, where it is known. */
export const rowsUsedUp = (limits: GrantLimits, left: number, asked?: number): Refusal => ({
  code: 'grant-rows-used-up',
  condition: text(
    `使用许可限每日 ${limits.rowsPerDay} 行，今日尚可取用 ${left} 行${asked === undefined ? '' : `，本次需要 ${asked} 行`}（许可条件，非法定）。`,
    `The grant admits ${limits.rowsPerDay} rows a day; ${left} are left today${asked === undefined ? '' : ` and this takes ${asked}`} (a condition of the grant, not statutory).`,
  ),
  remedy: text(
    left > 0
      ? `请用筛选条件把范围缩小到 ${left} 行以内，或者于次日再试；确需更多的，请申请新的使用许可。`
      : '请于次日再试；确需更多的，请申请新的使用许可。',
    left > 0
      ? `Filter down to ${left} rows, or try again tomorrow; apply for another grant where more is needed.`
      : 'Try again tomorrow; apply for another grant where more is needed.',
  ),
})

export const requestTooLarge = (limits: GrantLimits, asked: number): Refusal => ({
  code: 'grant-request-too-large',
  condition: text(
    `使用许可${limitsInWords({ rowsPerRequest: limits.rowsPerRequest! }).zh}，本次需要 ${asked} 行（许可条件，非法定）。`,
    `The grant admits ${limitsInWords({ rowsPerRequest: limits.rowsPerRequest! }).en}, and this takes ${asked} (a condition of the grant, not statutory).`,
  ),
  remedy: text(
    `请用筛选条件把范围缩小到 ${limits.rowsPerRequest} 行以内，或者分页取用。`,
    `Filter down to ${limits.rowsPerRequest} rows, or take them page by page.`,
  ),
})
