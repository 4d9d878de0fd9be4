import type { Instant } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import { sql } from 'kysely'
import { type ActHappened, type Cases, termsOf } from '../../foundations/cases/index.ts'
import type { Store, Tx } from '../../foundations/database/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import type { Entry, EntryContent } from './catalogue.model.ts'
import { typeOf } from './catalogue.rules.ts'

/** A decision about an entry that its provider cannot undo: on its sharing type, or on whose it is. */
export type EntryDecision = {
  readonly about: 'sharing-type' | 'responsible-body'
  /** Key of the type, or id of the body. */
  readonly value: string
  /** Number of the decision, as the deciding body gives it. */
  readonly reference: string
  readonly article: string
  readonly caseId: string
  readonly caseNumber: string
  readonly decidedAt: Instant
}

type DecisionRow = {
  about: EntryDecision['about']
  value: string
  reference: string
  article: string
  case_id: string
  case_number: string
  decided_at: Date
}

/** The decisions that hold for an entry, the newest on each matter. */
export async function decisionsOn(db: Store | Tx, entryId: string): Promise<EntryDecision[]> {
  const { rows } = await sql<DecisionRow>`select distinct on (about) * from entry_decision
    where entry_id = ${entryId} order by about, decided_at desc`.execute(db)
  return rows.map((row) => ({
    about: row.about,
    value: row.value,
    reference: row.reference,
    article: row.article,
    caseId: row.case_id,
    caseNumber: row.case_number,
    decidedAt: row.decided_at.toISOString(),
  }))
}

/** Refuses a change of the sharing type against a decision that holds. @article XM-26.5 */
export async function requireDecidedType(
  db: Store | Tx,
  entryId: string,
  content: EntryContent,
): Promise<void> {
  const decision = (await decisionsOn(db, entryId)).find(({ about }) => about === 'sharing-type')
  if (decision === undefined || decision.value === content.sharing.type) return
  throw new Problem('refused-by-law', {
    article: decision.article,
    condition: text(
      `共享类型已经决定（${decision.reference}），提供单位不能自行改回`,
      `The sharing type has been decided (${decision.reference}); the provider cannot change it back`,
    ),
    remedy: text(
      '请保留决定的类型；情况有变的，由数据主管部门重新提出。',
      'Keep the type that was decided; if matters have changed, the data authority raises it anew.',
    ),
    errors: [{ path: 'sharing.type', message: text('与决定不一致', 'Not as decided') }],
  })
}

export type DecisionEffects = {
  readonly findEntry: (tx: Tx, id: string) => Promise<Entry | undefined>
  readonly writeContent: (tx: Tx, entry: Entry, content: EntryContent) => Promise<void>
  readonly writeProvider: (tx: Tx, entry: Entry, providerId: string) => Promise<void>
  readonly cases: () => Cases
}

/**
 * What follows for an entry from an act of a dispute: `set-sharing-type`, as the two sides agreed; `fix-sharing-type`,
 * as it was decided above them; `assign-provider`, whose the entry is. The content of the act, or of the one it takes
 * up, has `sharing-type` or `body`, and `reference` where it is a decision.
 */
export function createDecisions(rulebook: Rulebook, effects: DecisionEffects) {
  return async ({ tx, procedure, state, event, effect }: ActHappened): Promise<void> => {
    const entry = state.entryId === null ? undefined : await effects.findEntry(tx, state.entryId)
    if (entry === undefined) throw new Error(`case ${state.id} decides on an entry that is not there`)
    const terms = termsOf(procedure, state)
    const article = procedure.acts.find(({ key }) => key === event.act)?.article ?? procedure.articles[0]!
    const reference = typeof terms.reference === 'string' ? terms.reference : state.number
    const decide = (about: EntryDecision['about'], value: string) =>
      sql`insert into entry_decision (entry_id, about, value, reference, article, case_id, case_number, decided_at)
        values (${entry.id}, ${about}, ${value}, ${reference}, ${article}, ${state.id}, ${state.number}, ${new Date(event.at)})`.execute(
        tx,
      )
    if (effect === 'assign-provider') {
      const body = String(terms.body)
      await effects.writeProvider(tx, entry, body)
      await effects.cases().replaceProvider({ tx, entryId: entry.id, organisationId: body })
      await decide('responsible-body', body)
      return
    }
    const type = String(terms['sharing-type'])
    if (typeOf(rulebook, 'sharing', type) === undefined) throw new Error(`${type} is no sharing type`)
    await effects.writeContent(tx, entry, { ...entry.content, sharing: { ...entry.content.sharing, type } })
    if (effect === 'fix-sharing-type') await decide('sharing-type', type)
  }
}
