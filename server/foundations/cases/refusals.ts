import type { ArticleId, Refusal } from '@tiaoli/kernel/decisions'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Act, ClockRule, FlagCondition, ProcedureState, RoleBinding } from '../rulebook/index.ts'

/*
 * Every reason for which the engine says no. The codes are public and never reused; what only one city refuses is
 * said in that city's procedure.
 */

const listed = (texts: readonly Text[]): Text =>
  text(texts.map(({ zh }) => zh).join('、'), texts.map(({ en }) => en).join(', '))

export const procedureUnknown = (key: string): Refusal => ({
  code: 'procedure-unknown',
  condition: text(`现行规则中没有办事程序“${key}”`, `the rulebook in force has no procedure “${key}”`),
  remedy: text('请从目录条目页面重新发起', 'start again from the page of the catalogue entry'),
})

export const entryUnknown = (): Refusal => ({
  code: 'entry-unknown',
  condition: text('未找到所涉目录条目', 'the catalogue entry was not found'),
  remedy: text('请核对目录条目后重新提交', 'check the entry and submit again'),
  paths: ['entryId'],
})

export const caseUnknown = (): Refusal => ({
  code: 'case-unknown',
  condition: text('未找到该办件', 'there is no such case'),
  remedy: text(
    '请核对办件编号，或者确认您是该办件的当事方',
    'check the number, and that you are a party to the case',
  ),
})

export const caseChanged = (): Refusal => ({
  code: 'case-changed',
  condition: text('办件在您查看之后已有新的进展', 'the case has moved on since you looked at it'),
  remedy: text('请刷新后根据最新情况办理', 'reload the case and decide on what you see then'),
  paths: ['version'],
})

export const actUnknown = (key: string): Refusal => ({
  code: 'act-unknown',
  condition: text(`本程序中没有“${key}”这一操作`, `this procedure has no act “${key}”`),
  remedy: text('请从办件页面列出的操作中选择', 'choose one of the acts that the case offers'),
  paths: ['act'],
})

export const roleNotEntitled = (act: Act, roles: readonly RoleBinding[]): Refusal => {
  const who = listed(roles.map((role) => role.title))
  return {
    code: 'role-not-entitled',
    article: act.article,
    condition: text(`“${act.title.zh}”由${who.zh}办理`, `“${act.title.en}” is for: ${who.en}`),
    remedy: text(`请由${who.zh}办理`, `leave it to: ${who.en}`),
  }
}

export const stateNotFitting = (act: Act, state: ProcedureState): Refusal => ({
  code: 'state-not-fitting',
  article: act.article,
  condition: text(
    `办件处于“${state.title.zh}”状态，不能办理“${act.title.zh}”`,
    `the case stands at “${state.title.en}”, where “${act.title.en}” cannot be done`,
  ),
  remedy: text('请从办件页面列出的操作中选择', 'choose one of the acts that the case offers'),
})

export const alreadyDone = (act: Act): Refusal => ({
  code: 'already-done',
  article: act.article,
  condition: text(
    `“${act.title.zh}”只能办理一次，本办件已经办理`,
    `“${act.title.en}” can be done once and has been done`,
  ),
  remedy: text('请办理其他事项', 'choose another act'),
})

export const conditionUnmet = ({
  article,
  condition,
  remedy,
}: Omit<FlagCondition, 'flag' | 'is'>): Refusal => ({
  code: 'condition-unmet',
  article,
  condition,
  remedy,
})

export const datePassed = (before: NonNullable<Act['before']>): Refusal => ({
  code: 'date-passed',
  article: before.article,
  condition: before.condition,
  remedy: before.remedy,
})

/** Only a period that runs and has not ended can be made to stand still. */
export const notPausable = (act: Act, clock: ClockRule): Refusal => ({
  code: 'clock-not-running',
  article: act.article,
  condition: text(
    `“${clock.title.zh}”已经届满、停止或者暂停，不能再暂停`,
    `“${clock.title.en}” has ended, stopped or stands still already`,
  ),
  remedy: text('请在时限之内提出', 'it has to be done within the period'),
})

/** Somebody would act on both sides of the case. */
export const ownCase = (party: RoleBinding): Refusal => ({
  code: 'own-case',
  condition: text(
    `您所在的一方同时是本办件的${party.title.zh}，应当回避（平台要求，非法定）`,
    `your side is also this case's ${party.title.en} and has to stand aside (asked by the platform, not statutory)`,
  ),
  remedy: text('请由另一方办理', 'leave the act to another party'),
})

/** The only body that may act is itself the party, and the person is the one who acted for that party. */
export const ownAct = (party: RoleBinding): Refusal => ({
  code: 'own-act',
  condition: text(
    `您已作为${party.title.zh}的经办人办理过本办件，应当回避（平台要求，非法定）`,
    `you have acted in this case for the ${party.title.en} and have to stand aside (asked by the platform, not statutory)`,
  ),
  remedy: text('请由本单位另一名经办人办理', 'leave the act to another officer of your organisation'),
})

export const openerNotEntitled = (
  holding: NonNullable<Extract<RoleBinding, { from: 'opener' }>['holding']>,
): Refusal => ({
  code: 'opener-not-entitled',
  article: holding.article,
  condition: holding.condition,
  remedy: holding.remedy,
})

export const roleVacant = (role: RoleBinding): Refusal => ({
  code: 'role-vacant',
  condition: text(
    `尚未确定由哪个单位担任${role.title.zh}`,
    `no organisation has been named as ${role.title.en}`,
  ),
  remedy: text('请平台管理员登记担任该角色的单位', 'ask the platform administrator to name the organisation'),
})

export const roleHeldBySeveral = (role: RoleBinding): Refusal => ({
  code: 'role-held-by-several',
  condition: text(
    `担任${role.title.zh}的单位不止一个，无法确定由谁办理`,
    `several organisations are named as ${role.title.en}, so nobody can be told to act`,
  ),
  remedy: text('请平台管理员只保留一个单位', 'ask the platform administrator to keep one of them'),
})

export const cursorUnknown = (): Refusal => ({
  code: 'cursor-unknown',
  condition: text('翻页标记无效', 'the page mark is not valid'),
  remedy: text('请从第一页重新查看', 'start again from the first page'),
  paths: ['cursor'],
})

/** One fault of the content of an act. */
export type ContentFault = {
  readonly path: string
  readonly missing: boolean
  readonly article?: ArticleId
  readonly condition: Text
}

/** All faults of the content in one answer, so that a form is mended once. */
export const contentFaulty = (act: Act, faults: readonly ContentFault[]): Refusal => ({
  code: faults.some((fault) => fault.missing) ? 'content-missing' : 'content-invalid',
  article: faults.find((fault) => fault.article !== undefined)?.article ?? act.article,
  condition: text(
    faults.map(({ condition }) => condition.zh).join('；'),
    faults.map(({ condition }) => condition.en).join('; '),
  ),
  remedy: text('请补正上述内容后重新提交', 'mend what is listed and submit again'),
  paths: faults.map((fault) => fault.path),
})
