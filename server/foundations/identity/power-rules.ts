import type { Refusal } from '@tiaoli/kernel/decisions'
import { text } from '@tiaoli/kernel/text'
import type { Organisation, Power, User } from './identity.model.ts'

/** What somebody who only applies may be. */
const applicantPowers: readonly Power[] = ['requester']

/**
 * Why a person may not be given these powers, by the platform's own rules of separated duties (非法定): nobody gives
 * powers to themself; who looks after accounts neither decides, supervises nor uses data; who acts for no body, or for
 * one that was dissolved, has no powers; who acts for a company only applies.
 */
export function refusalOfPowers(
  actor: Pick<User, 'id'>,
  person: { readonly id: string | null; readonly organisation: Organisation | null },
  powers: readonly Power[],
): Refusal | undefined {
  if (person.id === actor.id)
    return {
      code: 'own-powers',
      condition: text('不能调整本人的职责', 'Nobody changes their own powers'),
      remedy: text('请由另一名系统管理员办理。', 'Let another administrator do it.'),
      paths: ['powers'],
    }
  const body = person.organisation
  if (powers.length > 0 && (body === null || body.dissolvedAt != null))
    return {
      code: 'powers-without-body',
      condition: text(
        '不属于任何单位或者所在单位已撤销的人没有职责',
        'Who acts for no body, or for one that was dissolved, has no powers',
      ),
      remedy: text('请为其在承继单位开设账号。', 'Make an account for them at the successor.'),
      paths: ['powers'],
    }
  if (body?.kind === 'company' && powers.some((power) => !applicantPowers.includes(power)))
    return {
      code: 'powers-of-company',
      condition: text('企业的人员只能申请和使用数据', 'People of a company apply and use data only'),
      remedy: text('请只保留“申请”职责。', 'Leave them the power to apply alone.'),
      paths: ['powers'],
    }
  return powers.includes('admin') && powers.length > 1
    ? {
        code: 'powers-separated',
        condition: text(
          '系统管理与办理、监督、数据管理、申请职责不得由同一账号承担（平台规则，非法定）',
          'One account does not both look after accounts and decide, supervise, tend or use data (a rule of the platform)',
        ),
        remedy: text('请为系统管理员另设专用账号。', 'Give the administrator an account for that alone.'),
        paths: ['powers'],
      }
    : undefined
}
