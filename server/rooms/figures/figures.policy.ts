import type { FigureQuery, FiguresAnswer } from '@tiaoli/contract/figures'
import { text } from '@tiaoli/kernel/text'
import {
  type Area,
  isInArea,
  type Organisation,
  type Session,
  scopeOf,
} from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'

/** The bodies whose cases the caller may see: those of an authority's area, else the own one; null for all. */
function bodiesOf(session: Session, organisations: readonly Organisation[]): Area {
  const seen = scopeOf(session, organisations, 'officer', 'supervisor')
  return seen === undefined ? [] : seen
}

/**
 * The bodies that are counted; undefined for all. How many requests a body files, and how they end, is told to itself
 * and to the authority; how a body answers is told to everybody.
 */
export function bodiesCounted(
  session: Session,
  organisations: readonly Organisation[],
  by: FigureQuery['by'],
  organisation: string | undefined,
): readonly string[] | undefined {
  const visible = by === 'applicant' ? bodiesOf(session, organisations) : null
  if (visible === null) return organisation === undefined ? undefined : [organisation]
  const counted = organisation === undefined ? visible : visible.filter((id) => id === organisation)
  if (counted.length > 0) return counted
  throw new Problem(session.user === null ? 'not-signed-in' : 'not-allowed', {
    condition: text(
      '以申请单位统计的数字只向主管部门和该单位提供',
      'Figures by requesting body are for the authority and that body',
    ),
    remedy: text('请按提供单位或者办理单位查看。', 'Look at them by providing or deciding body.'),
  })
}

/** Whether the caller may see the cases that are counted for the body; null is the city. */
export const mayList = (
  session: Session,
  organisations: readonly Organisation[],
  organisationId: string | null,
): boolean => isInArea(bodiesOf(session, organisations), organisationId)

/** Whoever belongs to no body is told of those that provide and decide. */
export const sidesFor = ({ user }: Session): FiguresAnswer['sides'] =>
  user?.organisation == null ? ['provider', 'decider'] : ['provider', 'decider', 'applicant']
