import { isDeepStrictEqual } from 'node:util'
import { granted, type Refusal, refused, type Verdict } from '@tiaoli/kernel/decisions'
import { text } from '@tiaoli/kernel/text'
import type { Procedure, UseRules } from '../../foundations/rulebook/index.ts'
import { type Grant, standingOf } from './sharing.model.ts'

/** No text knows a renewal: its conditions are the platform's. */
const notAvailable = ({ zh, en }: Refusal['condition'], remedy: Refusal['remedy']) =>
  refused<null>({
    code: 'not-renewable',
    condition: text(`${zh}（平台规则，非法定）`, `${en} (a rule of the platform, not statutory)`),
    remedy,
  })

/** Whether a grant can be asked to go on now: it has an end that has not come, and nobody has asked yet. */
export function mayRenew(
  grant: Grant,
  now: Date,
  already: { readonly renewed: boolean; readonly asked: boolean },
): Verdict<null> {
  const anew = text('请重新提出申请', 'File a new request')
  const standing = standingOf(grant, now)
  if (standing === 'expired')
    return notAvailable(text('使用许可已经到期，不能续用', 'The grant has ended and cannot be renewed'), anew)
  if (standing === 'revoked')
    return notAvailable(
      text('使用许可已经撤销，不能续用', 'The grant was revoked and cannot be renewed'),
      anew,
    )
  if (standing === 'suspended')
    return notAvailable(
      text('使用许可暂停期间不能申请续用', 'A suspended grant cannot be renewed'),
      text('请先处理暂停所涉问题', 'Put right first what the suspension names'),
    )
  if (grant.validUntil === null)
    return notAvailable(
      text('使用许可没有期限，无须续用', 'The grant has no end and needs no renewal'),
      text('可以继续使用', 'Go on using it'),
    )
  if (already.renewed || already.asked)
    return notAvailable(
      already.renewed
        ? text('使用许可已经续用', 'The grant has been renewed')
        : text('续用申请正在办理', 'A request to renew it is under way'),
      text('请查看续用申请的办件', 'See the case of that request'),
    )
  return granted(null)
}

/**
 * Why a renewal cannot be given: what is suspended or revoked would go on by another name. That the grant has ended
 * since it was asked for does no harm.
 */
export function refusalOfGoingOn(renewed: Grant): Refusal | undefined {
  if (renewed.revokedAt === null && renewed.suspendedAt === null) return undefined
  const may =
    renewed.revokedAt === null
      ? notAvailable(
          text('原使用许可已经暂停，暂停期间不能同意续用', 'The grant that this would renew is suspended'),
          text(
            '请先处理暂停所涉问题，或者说明理由不予同意',
            'Resume the grant first, or refuse with reasons',
          ),
        )
      : notAvailable(
          text('原使用许可已经撤销，不能续用', 'The grant that this would renew was revoked'),
          text('请说明理由不予同意', 'Refuse with these reasons'),
        )
  return may.ok ? undefined : may.refusal
}

/** What is not given in clear stays so in a renewal, unless its decision states masks of its own. */
export function masksOf(given: Pick<Grant, 'fields' | 'masks'>, renewed: Grant | undefined): Grant['masks'] {
  if (renewed === undefined || Object.keys(given.masks).length > 0) return given.masks
  return Object.fromEntries(Object.entries(renewed.masks).filter(([name]) => given.fields.includes(name)))
}

/**
 * A renewal asks for the same: another scenario or a further field is a new request, which is decided as one.
 *
 * @article CQ-25.3-b TJ-18.1-a XM-27.2-c
 */
export function asksForTheSame(
  use: UseRules,
  grant: Grant,
  content: Readonly<Record<string, unknown>>,
): Verdict<null> {
  const newRequest = text(
    '请就新的场景或者信息项另行提出申请',
    'File a new request for the new scenario or fields',
  )
  const { scenario, fields, rows } = content
  if (typeof scenario === 'string' && scenario.trim() !== grant.scenario)
    return refused({
      code: 'other-scenario',
      article: use.purpose.article,
      condition: text('续用不能变更应用场景', 'A renewal cannot change the scenario'),
      remedy: newRequest,
      paths: ['scenario'],
    })
  const further = Array.isArray(fields)
    ? fields.map(String).filter((name) => !grant.fields.includes(name))
    : []
  if (further.length > 0)
    return refused({
      code: 'further-fields',
      article: use.scope.article,
      condition: text(
        `续用不能增加信息项：${further.join('、')}`,
        `A renewal cannot add fields: ${further.join(', ')}`,
      ),
      remedy: newRequest,
      paths: ['fields'],
    })
  if (grant.rows.length > 0 && Array.isArray(rows) && rows.length > 0 && !areTheRows(grant.rows, rows))
    return refused({
      code: 'other-rows',
      article: use.scope.article,
      condition: text('续用不能变更数据范围', 'A renewal cannot change which rows are given'),
      remedy: newRequest,
      paths: ['rows'],
    })
  return granted(null)
}

const areTheRows = (granted: Grant['rows'], stated: readonly unknown[]): boolean => {
  const plain = ({ field, operator, values }: Partial<Grant['rows'][number]>) => ({ field, operator, values })
  return isDeepStrictEqual(
    granted.map(plain),
    stated.map((each) => (each !== null && typeof each === 'object' ? plain(each) : each)),
  )
}

/**
 * What was stated before and can be stated again: the scenario and fields as granted, as far as the entry has them,
 * and the other texts and choices; no date, which has passed or will, and no undertaking, which is given anew.
 */
export function statedBefore(
  procedure: Procedure,
  opening: Readonly<Record<string, unknown>>,
  grant: Grant,
  fieldNames: readonly string[],
): { readonly content: Record<string, unknown>; readonly gone: readonly string[] } {
  const asked = procedure.acts.find(({ from }) => from.length === 0)?.content ?? []
  const content: Record<string, unknown> = {}
  for (const { key, kind } of asked) {
    if (kind === 'date' || kind === 'undertaking') continue
    if (kind === 'fields') content[key] = grant.fields.filter((name) => fieldNames.includes(name))
    else if (kind === 'rows') {
      // Which rows were given counts, whoever had stated them; where they can no longer be told, they are not stated.
      const told = grant.rows.every(({ field }) => fieldNames.includes(field))
      if (grant.rows.length > 0 && told) content[key] = grant.rows
    } else if (key === 'scenario') content[key] = grant.scenario
    else if (opening[key] !== undefined) content[key] = opening[key]
  }
  return { content, gone: grant.fields.filter((name) => !fieldNames.includes(name)) }
}
