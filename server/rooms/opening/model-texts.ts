import { type CivilDate, type Clock, civilDateOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Database, Store, Tx } from '../../foundations/database/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { type AgreementRules, procedureOf, type Rulebook } from '../../foundations/rulebook/index.ts'
import type { AgreementModel } from './agreement.model.ts'
import * as store from './agreement.store.ts'

export type NewModel = {
  readonly clauses: Readonly<Record<string, string>>
  readonly bodies: readonly string[]
  readonly inForceOn: CivilDate
  readonly note: string
}

export type AgreementModels = ReturnType<typeof createAgreementModels>

/** Model texts of the agreement: versions are added and never changed. @article CQ-29.2-b */
export function createAgreementModels(deps: {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly identity: Identity
  readonly ledger: Ledger
  readonly clock: Clock
}) {
  const { database, rulebook, identity, ledger, clock } = deps
  const { db } = database

  /** The body that concludes agreements keeps their model text. */
  function mayPublish(session: Session): boolean {
    const rules = rulebook.rooms.opening?.agreement
    const procedure = rules && procedureOf(rulebook, rules.procedure)
    const act = procedure?.acts.find(({ key }) => key === rules?.offeredBy)
    const organisation = session.user?.organisation
    if (act === undefined || organisation == null || !session.user!.powers.includes('officer')) return false
    return act.by.some((role) => {
      const binding = procedure!.roles[role]
      return binding?.from === 'role' && organisation.roles.includes(binding.role)
    })
  }

  /** What the model leaves out or words twice, and bodies that nobody knows. */
  function check(rules: AgreementRules, { clauses, bodies }: NewModel): void {
    const missing = rules.modelText.keys.filter((key) => !clauses[key])
    const strangers = Object.keys(clauses).filter((key) => !rules.modelText.keys.includes(key))
    const unknown = bodies.filter((id) => identity.organisation(id) === undefined)
    const errors = [
      ...missing.map((key) => ({
        path: `clauses.${key}`,
        message: text('示范文本缺少该项条款', 'The model text lacks this clause'),
      })),
      ...strangers.map((key) => ({
        path: `clauses.${key}`,
        message: text('示范文本不包括该项', 'This is no clause of the model text'),
      })),
      ...unknown.map((id) => ({ path: 'bodies', message: text(`没有单位 ${id}`, `No organisation ${id}`) })),
    ]
    if (errors.length > 0)
      throw new Problem('content-incomplete', {
        article: rules.modelText.article,
        condition: errors[0]!.message,
        errors,
      })
  }

  return {
    mayPublish,
    list: () => store.listModels(db),

    /** The newest that has come into force. */
    async inForce(tx: Store | Tx = db): Promise<AgreementModel | undefined> {
      const today = civilDateOf(clock.now())
      return (await store.listModels(tx)).find(({ inForceOn }) => inForceOn <= today)
    },

    async find(version: number): Promise<AgreementModel | undefined> {
      return (await store.listModels(db)).find((model) => model.version === version)
    },

    async publish(session: Session, given: NewModel): Promise<AgreementModel> {
      const rules = rulebook.rooms.opening?.agreement
      if (rules === undefined || !mayPublish(session))
        throw new Problem('not-allowed', {
          condition: text(
            '协议示范文本由签署协议的数据主管部门制定',
            'The model text is kept by the authority that signs the agreements',
          ),
        })
      check(rules, given)
      const madeAt = clock.now()
      const version = ((await store.listModels(db))[0]?.version ?? 0) + 1
      const { id: madeBy, organisation } = session.user!
      const model = { ...given, version, madeAt, madeBy, organisationId: organisation!.id }
      await database.inTransaction(async (tx) => {
        if (!(await store.insertModel(tx, model))) throw new Problem('changed-meanwhile')
        await ledger.record(tx, {
          kind: 'agreement.model',
          userId: madeBy,
          organisationId: model.organisationId,
          article: rules.modelText.article,
          outcome: 'published',
          payload: { version, inForceOn: given.inForceOn, bodies: given.bodies, clauses: given.clauses },
        })
      })
      return model
    },
  }
}
