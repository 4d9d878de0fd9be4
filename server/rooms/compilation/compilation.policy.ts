import { text } from '@tiaoli/kernel/text'
import type { Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'

/** Whether the caller acts as an officer of a body that holds the role of the rulebook. */
export const holdsOffice = ({ user }: Session, role: string): boolean =>
  user?.organisation?.roles.includes(role) === true && user.powers.includes('officer')

/** The body for which an officer in that role acts; refuses everyone else. */
export function requireOffice(session: Session, role: string, article: string): string {
  if (holdsOffice(session, role)) return session.user!.organisation!.id
  throw new Problem('not-allowed', {
    article,
    condition: text('此项由数据主管部门的承办人员办理', 'This is for officers of the data authority'),
  })
}

/** What the regulation of this city does not order is not offered. */
export function requireOffered<T>(rules: T | undefined): T {
  if (rules !== undefined) return rules
  throw new Problem('act-not-available', {
    condition: text('本市条例没有此项制度', 'The regulation of this city knows no such thing'),
    remedy: text('请查看本市条例的有关条款。', 'See what the regulation of this city orders.'),
  })
}
