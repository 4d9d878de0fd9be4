import { civilDateOf } from '@tiaoli/kernel/instants'
import type { ActHappened, CaseState, Cases } from '../../foundations/cases/index.ts'
import { actorOf, caseProblem, requirePower } from '../../foundations/casework/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import { Problem, refusalProblem } from '../../foundations/problems/index.ts'
import { procedureOf } from '../../foundations/rulebook/index.ts'
import type { Agreements } from './agreement.service.ts'
import { mayFine, mayOrder } from './correction.rules.ts'
import type { OpeningDeps } from './opening.deps.ts'
import type { AgreementTasks } from './tasks.service.ts'

/** Brought about here: a fine is imposed only when and as high as the regulation lets it be. */
export const fineEffect = 'fine'

export type Corrections = ReturnType<typeof createCorrections>

/** Orders to correct a breach of an agreement, and what follows where it is not corrected. @article CQ-57.1-a CQ-57.1-b */
export function createCorrections(
  deps: Pick<OpeningDeps, 'database' | 'rulebook' | 'clock'> & { readonly cases: () => Cases },
  agreements: Agreements,
  tasks: AgreementTasks,
) {
  const { database, rulebook, clock, cases } = deps
  const rules = rulebook.rooms.opening?.correction

  return {
    rules,

    /** Opens the case of the order; its respondent is whoever uses the data under the agreement. */
    async order(
      session: Session,
      agreementId: string,
      content: Readonly<Record<string, unknown>>,
    ): Promise<CaseState> {
      const agreement = await agreements.requireAgreement(session, agreementId)
      if (rules === undefined) throw new Problem('not-found')
      // It has its own door, and so asks for itself what the general one asks: that the caller may act for the body.
      const opener = Object.values(procedureOf(rulebook, rules.procedure)?.roles ?? {}).find(
        ({ from }) => from === 'opener',
      )
      if (opener !== undefined) requirePower(session, opener)
      const { organisationId, userId } = agreement
      const verdict = mayOrder(rules, content, await tasks.of(agreementId), civilDateOf(clock.now()))
      return database.inTransaction(async (tx) => {
        const opened = await cases().open({
          procedure: rules.procedure,
          entryId: agreement.entryId,
          actor: actorOf(session),
          content,
          given: { respondent: { organisationId, userId } },
          tx,
        })
        // Who may not give the order at all is told so first.
        if (!opened.ok) throw caseProblem(opened.refusal)
        if (!verdict.ok) throw refusalProblem('content-incomplete', verdict.refusal)
        return opened.value
      })
    },

    async onAct({ state, event, effect }: ActHappened): Promise<void> {
      if (effect !== fineEffect || rules === undefined) return
      const verdict = mayFine(rules, state, event.content[rules.fine.key], clock.now())
      if (!verdict.ok)
        throw refusalProblem(
          verdict.refusal.code === 'fine-too-early' ? 'act-not-available' : 'content-incomplete',
          verdict.refusal,
        )
    },
  }
}
