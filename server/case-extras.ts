import { leastDataQuestions } from '@tiaoli/kernel/least-data'
import type { CaseExtras } from './doors/cases.routes.ts'
import type { CaseState } from './foundations/cases/index.ts'
import { procedureOf } from './foundations/rulebook/index.ts'
import type { Parts } from './parts.ts'
import { presentApplicant } from './rooms/registration/index.ts'
import { shownRows } from './rooms/sharing/index.ts'

/** What rooms add to the view of a request: conditions, what it leaves unsaid, and how its applicant is known. */
export function caseExtras({
  catalogue,
  sharing,
  registration,
  rulebook,
}: Pick<Parts, 'catalogue' | 'sharing' | 'registration' | 'rulebook'>) {
  return async (state: CaseState): Promise<CaseExtras> => {
    if (state.entryId === null || !sharing.requestedBy.includes(state.procedure)) return {}
    const roles = procedureOf(rulebook, state.procedure)?.roles ?? {}
    const opener = Object.keys(roles).find((role) => roles[role]!.from === 'opener')
    const party = opener === undefined ? undefined : state.parties[opener]
    const [requirements, entry, known, renewed] = await Promise.all([
      sharing.requirementsOfCase(state.id),
      catalogue.find(state.entryId),
      party === undefined ? undefined : registration.find(party),
      sharing.renewedByCase(state.id),
    ])
    return {
      requirements,
      renewal:
        renewed === undefined
          ? null
          : {
              grantId: renewed.id,
              masks: renewed.masks,
              rows: shownRows(renewed.rows),
              limits: renewed.limits,
            },
      leastData: leastDataOf(entry?.content.fields ?? [], state),
      registration: known === undefined ? null : presentApplicant(known),
    }
  }
}

function leastDataOf(
  fields: readonly { readonly name: string; readonly sensitivity: string }[],
  { opening }: CaseState,
): NonNullable<CaseExtras['leastData']> {
  const wanted = Array.isArray(opening.fields) ? opening.fields.map(String) : []
  const stated = Object.values(opening)
    .filter((value) => typeof value === 'string')
    .join(' ')
  return leastDataQuestions(fields, wanted, stated).map(({ field, question }) => ({ field, question }))
}
