import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'
import type { LocalTarget } from '../../foundations/cases/index.ts'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { procedureOf, type Rulebook } from '../../foundations/rulebook/index.ts'
import * as store from './targets.store.ts'

export type TargetsDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly ledger: Ledger
  readonly clock: Clock
}

export type Targets = ReturnType<typeof createTargets>

/** Targets that the city sets itself for clocks to which the regulation gives no number. They are never statutory. */
export function createTargets({ database, rulebook, ledger, clock }: TargetsDeps) {
  const maySet = (session: Session): boolean =>
    session.user?.organisation?.kind === 'authority' &&
    session.user.organisation.level === 'city' &&
    session.user.powers.includes('officer')

  return {
    maySet,
    /** What holds for cases that begin now. */
    ofProcedure: async (procedure: string, tx: Tx): Promise<readonly LocalTarget[]> =>
      (await store.currentTargets(tx, procedure)).flatMap(({ clock: key, workingDays, instrument }) =>
        workingDays === null ? [] : [{ clock: key, workingDays, instrument }],
      ),

    /** Every clock of the rulebook that has no number, with its target where one is set. */
    async list() {
      const current = await store.currentTargets(database.db)
      return rulebook.procedures.flatMap((procedure) =>
        procedure.clocks
          .filter((rule) => rule.workingDays === null)
          .map((rule) => {
            const target = current.find(
              (each) =>
                each.procedure === procedure.key && each.clock === rule.key && each.workingDays !== null,
            )
            return { procedure, rule, target }
          }),
      )
    },

    async set(
      session: Session,
      procedureKey: string,
      clockKey: string,
      input: { workingDays: number | null; instrument: Text },
    ): Promise<void> {
      const procedure = procedureOf(rulebook, procedureKey)
      const rule = procedure?.clocks.find(({ key }) => key === clockKey)
      if (procedure === undefined || rule === undefined) throw new Problem('not-found')
      if (!maySet(session))
        throw new Problem('not-allowed', {
          condition: text('本地目标由市级主管部门设定', 'Local targets are set by the municipal authority'),
        })
      if (rule.workingDays !== null)
        throw new Problem('refused-by-law', {
          article: rule.article,
          condition: text(
            `“${rule.title.zh}”的期限已有规定，不能另设`,
            `“${rule.title.en}” has its period already; no other can be set`,
          ),
          remedy: text('请按规定的期限办理', 'Keep to that period'),
        })
      const user = session.user!
      const organisationId = user.organisation!.id
      await database.inTransaction(async (tx) => {
        await store.insertTarget(tx, {
          id: newId(),
          procedure: procedureKey,
          clock: clockKey,
          ...input,
          organisationId,
          userId: user.id,
          setAt: clock.now(),
        })
        await ledger.record(tx, {
          kind: 'target.set',
          userId: user.id,
          organisationId,
          payload: { procedure: procedureKey, clock: clockKey, ...input },
        })
      })
    },
  }
}
