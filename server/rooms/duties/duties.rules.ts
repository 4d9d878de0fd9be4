import { addDays, type CivilDate } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Organisation } from '../../foundations/identity/index.ts'
import { refusalProblem } from '../../foundations/problems/index.ts'
import { type Actor, canBeBreached } from '../../foundations/rulebook/index.ts'
import type { Duty, DutyState, Filed, Standing, Target } from './duties.model.ts'

/** So many days before its date a target counts as near, and its owners are reminded. */
export const soonDays = 30

/**
 * Whether an organisation is of the kind that the text names as bearer. The data authority answers for what the text
 * asks of the government itself, as whoever keeps the register, until it names somebody. Kinds that no organisation
 * here has (markets, citizens) have no owner until one is named.
 */
export function bears(actor: Actor, { kind, level, roles }: Organisation): boolean {
  switch (actor) {
    case 'government':
    case 'authority':
      return kind === 'authority' && level === 'city'
    case 'district-authority':
      return kind === 'authority' && level === 'district'
    case 'department':
    case 'user-department':
      return kind === 'department'
    case 'provider':
      return kind === 'department' || kind === 'public-service'
    // Everybody who holds data processes data.
    case 'processor':
      return true
    case 'public-service-org':
      return kind === 'public-service'
    case 'cac':
      return roles.includes('cyberspace')
    default:
      return roles.includes(actor)
  }
}

/**
 * Whoever the authority has named; where it has named nobody, everyone of the kinds that the text names. A department
 * that the text names by its field (发展改革部门) is one that only the authority can tell: `roleTerms` are the words that
 * stand for all of a kind.
 */
export function ownersOf(
  duty: Duty,
  named: readonly string[],
  organisations: readonly Organisation[],
  roleTerms: ReadonlySet<string>,
): Organisation[] {
  if (named.length > 0) return organisations.filter(({ id }) => named.includes(id))
  const particular = duty.bearers.length > 0 && !duty.bearers.some(({ zh }) => roleTerms.has(zh))
  const actors = [duty.actor, ...duty.coActors].filter((actor) => !(particular && actor === 'department'))
  return organisations.filter((each) => actors.some((actor) => bears(actor, each)))
}

/** The first date of the target for which nothing was filed yet; null where none is left. */
export function nextDueOn(target: Target, { coveredUntil }: Pick<Filed, 'coveredUntil'>): CivilDate | null {
  const { firstDueOn, everyMonths } = target
  if (coveredUntil === null || coveredUntil < firstDueOn) return firstDueOn
  if (everyMonths === null) return null
  for (let round = 1; ; round += 1) {
    const on = addMonths(firstDueOn, round * everyMonths)
    if (on > coveredUntil) return on
  }
}

/** The same day so many months later, or the last day of a shorter month. */
export function addMonths(on: CivilDate, months: number): CivilDate {
  const [year, month, day] = on.split('-').map(Number) as [number, number, number]
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const length = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(day, length)))
    .toISOString()
    .slice(0, 10)
}

/** Where an owner stands today. Only a target can make it late, and only what the text orders has one. */
export function standingOf(target: Target | undefined, filed: Filed, today: CivilDate): Standing {
  const quiet: DutyState = filed.count > 0 ? 'on-file' : 'open'
  const due = target === undefined ? null : nextDueOn(target, filed)
  if (due === null) return { state: quiet, nextDueOn: null }
  if (due < today) return { state: 'late', nextDueOn: due }
  return { state: addDays(due, -soonDays) <= today ? 'due-soon' : quiet, nextDueOn: due }
}

const gravest: readonly DutyState[] = ['late', 'due-soon', 'open', 'on-file']

/** A duty stands as its hindmost owner does; without any it is open. */
export const stateOfAll = (states: readonly DutyState[]): DutyState =>
  gravest.find((state) => states.includes(state)) ?? 'open'

export const orderOf = (state: DutyState): number => gravest.indexOf(state)

/** What a text only allows, encourages or explores gets no date: it could otherwise look neglected. */
export function requireBinding(duty: Duty): void {
  if (canBeBreached(duty)) return
  throw refusalProblem('refused-by-law', {
    code: 'duty-not-ordered',
    article: duty.id,
    condition: text(
      '条例对此项是鼓励、支持、探索或者允许，并未作为要求，不能设定期限',
      'The text encourages, explores or allows this and does not order it: it can have no date',
    ),
    remedy: text(
      '可以上传已开展工作的材料；需要考核的，请另行以规范性文件规定并在该文件范围内进行。',
      'File evidence of what was done; whatever is to be assessed needs an instrument of its own and is assessed under that.',
    ),
  })
}
