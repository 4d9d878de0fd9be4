import type { Refusal } from '@tiaoli/kernel/decisions'
import { text } from '@tiaoli/kernel/text'
import type { Rulebook } from '../rulebook/rulebook.types.ts'
import type { Organisation } from './identity.model.ts'

/**
 * Why an organisation may not hold these roles: one is none of the rulebook, one follows the level and is nobody's
 * own, or one belongs by its article to a single body and this is not it.
 *
 * @article BJ-5.1-a TJ-4.3-a
 */
export function refusalOfRoles(
  rulebook: Pick<Rulebook, 'roles'>,
  organisations: readonly Organisation[],
  organisation: Organisation,
  roles: readonly string[],
): Refusal | undefined {
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
  }
  return undefined
}
