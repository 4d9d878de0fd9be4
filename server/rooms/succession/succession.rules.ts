import type { Refusal } from '@tiaoli/kernel/decisions'
import { text } from '@tiaoli/kernel/text'
import type { Organisation } from '../../foundations/identity/index.ts'

/**
 * Why a body cannot be dissolved in favour of another: somebody has to be there who takes its place, and who holds
 * what the regulation asks of whoever does its work. Undefined where it can.
 */
export function refusalOfSuccession(
  body: Organisation,
  successor: Organisation | undefined,
  agreementsInForce: number,
): Refusal | undefined {
  if (successor === undefined || successor.id === body.id || successor.dissolvedAt != null)
    return {
      code: 'no-successor',
      condition: text(
        '承继单位须为在册的另一单位',
        'The body that takes its place is another one that is registered and not dissolved',
      ),
      remedy: text('请先登记承继单位', 'Register it first'),
      paths: ['successorId'],
    }
  if (successor.registered || successor.kind !== body.kind || successor.level !== body.level)
    return {
      code: 'successor-unlike',
      condition: text(
        '承继单位须与被撤销单位同类、同级，自行注册的申请人不能承继',
        'The body that takes its place is of the same kind and level, and none that registered itself to apply',
      ),
      remedy: text('请选择同类、同级的单位', 'Choose a body of the same kind and level'),
      paths: ['successorId'],
    }
  const lacking = body.roles.filter((role) => !successor.roles.includes(role))
  if (lacking.length > 0)
    return {
      code: 'successor-without-roles',
      condition: text(
        `承继单位还没有承担被撤销单位在条例中的角色：${lacking.join('、')}`,
        `The successor does not hold the roles that the body holds under the regulation: ${lacking.join(', ')}`,
      ),
      remedy: text('请先确定承继单位的角色', 'Give it those roles first'),
      paths: ['successorId'],
    }
  if (agreementsInForce > 0)
    return {
      code: 'agreements-in-force',
      condition: text(
        `该单位作为使用方签署的协议还有 ${agreementsInForce} 份在有效期内，签署后的协议不能改换当事人`,
        `${agreementsInForce} agreements that it signed as user are in force, and a signed agreement does not change its parties`,
      ),
      remedy: text('请先终止这些协议，由承继单位另行签订', 'End them first; the successor signs its own'),
      paths: ['organisationId'],
    }
  return undefined
}
