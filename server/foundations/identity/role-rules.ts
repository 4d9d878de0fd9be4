import type { Refusal } from '@tiaoli/kernel/decisions'
import { type Text, text } from '@tiaoli/kernel/text'
import type { RoleTerm, Rulebook } from '../rulebook/rulebook.types.ts'
import type { Organisation } from './identity.model.ts'

/**
 * Why an organisation may not hold these roles: one is none of the rulebook, one follows the level and is nobody's
 * own, one belongs by its article to a single body and this is not it, or one is held once in each area and this
 * area has its holder, or the body is of another level. A body that is no more holds none, nor does an applicant
 * that registered itself.
 *
 * @article BJ-5.1-a TJ-4.3-a SZ-5.1
 */
export function refusalOfRoles(
  rulebook: Pick<Rulebook, 'roles'>,
  organisations: readonly Organisation[],
  organisation: Organisation,
  roles: readonly string[],
): Refusal | undefined {
  // As it stands now: it may have been dissolved since it was looked up.
  const body = organisations.find(({ id }) => id === organisation.id) ?? organisation
  if (roles.length > 0 && (body.dissolvedAt != null || body.registered))
    return {
      code: 'body-without-roles',
      condition: text(
        '已撤销的单位和自行注册的申请人不承担条例中的角色',
        'A body that was dissolved, or that registered itself to apply, holds no role of the regulation',
      ),
      remedy: text('请选择在册的单位', 'Choose a body that is on the list'),
      paths: ['roles'],
    }
  for (const role of roles) {
    const rule = rulebook.roles.find(({ key }) => key === role)
    if (rule === undefined || rule.byLevel !== undefined)
      return {
        code: 'role-unknown',
        condition: text(`条例没有可以授予的角色“${role}”`, `There is no role “${role}” to be given`),
        remedy: text('请从条例的角色中选择', 'Choose among the roles of the regulation'),
        paths: ['roles'],
      }
    const holder = organisations.find((each) => each.id !== organisation.id && each.roles.includes(role))
    if (rule.sole !== undefined && (organisation.kind !== 'authority' || holder !== undefined))
      return {
        code: 'role-of-one-body',
        article: rule.sole.article,
        condition: text(
          `这一角色只由${rule.term.zh}承担${holder ? `（${holder.name.zh}）` : ''}`,
          `This role is the ${rule.term.en}'s alone${holder ? ` (${holder.name.en})` : ''}`,
        ),
        remedy: text(
          '请按条例确定承担单位；机构调整的，先解除原单位的角色',
          'Let the body that the article names hold it; where it has changed, take the role from the former one first',
        ),
        paths: ['roles'],
      }
    const refusal =
      rule.onePerArea && refusalInArea(rule.onePerArea, rule.term, organisations, organisation, role)
    if (refusal !== undefined) return refusal
  }
  return undefined
}

function refusalInArea(
  { level, article }: NonNullable<RoleTerm['onePerArea']>,
  term: Text,
  organisations: readonly Organisation[],
  body: Organisation,
  role: string,
): Refusal | undefined {
  const code = 'role-of-one-body-in-the-area'
  if (
    body.kind !== 'authority' ||
    body.level !== level ||
    (level === 'district' && body.divisionCode == null)
  )
    return {
      code,
      article,
      condition: text(
        `${term.zh}须是本级的主管部门；县区一级的须登记所在区划`,
        `The ${term.en} is an authority of that level, and of a district that is registered`,
      ),
      remedy: text('请选择本级的主管部门', 'Choose the authority of that level'),
      paths: ['roles'],
    }
  const holder = organisations.find(
    (each) =>
      each.id !== body.id &&
      each.roles.includes(role) &&
      (level === 'city' || (each.level === level && each.divisionCode === body.divisionCode)),
  )
  return holder === undefined
    ? undefined
    : {
        code,
        article,
        condition: text(
          `同一区域只有一个${term.zh}（${holder.name.zh}）`,
          `One area has one ${term.en} (${holder.name.en})`,
        ),
        remedy: text(
          '机构调整的，先解除原单位的角色',
          'Where it has changed, take the role from the former holder first',
        ),
        paths: ['roles'],
      }
}
