import { entryDraftSchema } from '@tiaoli/contract/catalogue'
import { newId } from '@tiaoli/kernel/ids'
import { text } from '@tiaoli/kernel/text'
import { type CaseView, roleNotEntitled } from '../../foundations/cases/index.ts'
import { actorIn, actorOf, caseProblem, requirePowerForAct } from '../../foundations/casework/index.ts'
import type { Tx } from '../../foundations/database/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { procedureOf } from '../../foundations/rulebook/index.ts'
import type { Begin } from './beginning.ts'
import type { CatalogueDeps } from './catalogue.deps.ts'
import { cataloguingProcedure, type DraftInput, type Entry, type EntryContent } from './catalogue.model.ts'
import { maySee, stewardOf } from './catalogue.policy.ts'
import { assessed, firstState } from './catalogue.rules.ts'
import * as store from './catalogue.store.ts'
import { isWritable, submits } from './cataloguing.rules.ts'
import { requireDecidedType } from './decisions.ts'

type ActsDeps = Pick<CatalogueDeps, 'database' | 'rulebook' | 'cases' | 'casework' | 'identity' | 'clock'> & {
  readonly begin: Begin
  readonly complete: (draft: DraftInput, providerId: string) => EntryContent
  readonly index: (tx: Tx, entry: Pick<Entry, 'id' | 'number' | 'providerId' | 'content'>) => Promise<void>
}

/** What people do with an entry: compile it, change it, and do the acts of its case. */
export function createActs({
  database,
  rulebook,
  cases,
  casework,
  identity,
  clock,
  begin,
  complete,
  index,
}: ActsDeps) {
  const { db } = database

  async function requireEntry(session: Session, id: string): Promise<Entry> {
    const entry = await store.findEntry(db, id)
    const provider = entry && identity.organisation(entry.providerId)
    if (entry === undefined || !maySee(session, entry, firstState(rulebook), provider))
      throw new Problem('not-found')
    return entry
  }
  function requireSteward(session: Session, entry?: Entry): string {
    const organisationId = stewardOf(session)
    const { responsible } = rulebook.rooms.compilation ?? {}
    if (session.user !== null && session.user.organisation === null && responsible !== undefined)
      throw new Problem('refused-by-law', {
        ...responsible,
        remedy: text(
          '请以所在单位的账号登记。',
          'Register it with an account of the body that is responsible.',
        ),
      })
    if (organisationId === undefined || (entry !== undefined && entry.providerId !== organisationId))
      throw new Problem('not-allowed', {
        condition: text(
          '只有提供单位的数据管理员可以编制目录条目',
          'Only a data steward of the provider compiles its entries',
        ),
      })
    return organisationId
  }
  async function isEditable(entry: Entry, view?: CaseView): Promise<boolean> {
    const current = view ?? (await cases().get(entry.caseId, null))
    return current !== undefined && isWritable(current)
  }
  const service = {
    requireEntry,
    isEditable,

    async create(session: Session, draft: DraftInput): Promise<Entry> {
      const providerId = requireSteward(session)
      const content = assessed(complete(draft, providerId), undefined, session.user!.name, clock.now())
      const id = newId()
      await database.inTransaction(async (tx) => {
        const opened = await begin(tx, [{ id, content }], { providerId, actor: actorOf(session) })
        if (!opened.ok) throw caseProblem(opened.refusal)
      })
      return (await store.findEntry(db, id))!
    },

    async change(session: Session, id: string, change: Partial<DraftInput>, version: number): Promise<Entry> {
      const entry = await requireEntry(session, id)
      requireSteward(session, entry)
      if (!(await isEditable(entry)))
        throw new Problem('act-not-available', {
          condition: text(
            '条目不在编制环节，内容已固定',
            'The entry is not being compiled; its content is fixed',
          ),
          remedy: text('如需修改，请先撤回或发起修订。', 'To change it, take it back or begin a revision.'),
        })
      const before = entry.pending ?? entry.content
      const content = assessed(
        complete(entryDraftSchema.parse({ ...before, ...change }), entry.providerId),
        before,
        session.user!.name,
        clock.now(),
      )
      await requireDecidedType(db, id, content)
      await database.inTransaction(async (tx) => {
        const written = entry.published
          ? await store.writePending(tx, id, version, content, clock.now())
          : await store.writeContent(tx, id, version, content, clock.now())
        if (!written) throw new Problem('changed-meanwhile')
        if (!entry.published) await index(tx, { ...entry, content })
      })
      return (await store.findEntry(db, id))!
    },

    /** Does an act of the cataloguing procedure. */
    async act(
      session: Session,
      id: string,
      act: string,
      content: Record<string, unknown>,
      version: number | undefined,
    ): Promise<Entry> {
      const entry = await requireEntry(session, id)
      const actor = actorOf(session)
      const mine = await cases().get(entry.caseId, actor)
      const view = mine ?? (await cases().get(entry.caseId, null))
      if (view === undefined) throw new Problem('not-found')
      const rule = view.procedure.acts.find((each) => each.key === act)
      // Who sees the entry and has no part in its case is told whose act it is, as every party is.
      if (mine === undefined && rule !== undefined) {
        const roles = rule.by.map((role) => view.procedure.roles[role]!)
        const refusal = roleNotEntitled(rule, roles)
        await casework().recordRefusal(actor, view.state, act, refusal)
        throw caseProblem(refusal)
      }
      if (rule !== undefined) requirePowerForAct(session, view, rule)
      if (rule !== undefined && submits(view.procedure, rule)) requireSteward(session, entry)
      const done = await cases().act({
        caseId: entry.caseId,
        act,
        actor: actorIn(session, view, rule),
        content,
        version: version ?? view.state.version,
      })
      if (!done.ok) {
        await casework().recordRefusal(actor, view.state, act, done.refusal)
        throw caseProblem(done.refusal)
      }
      return (await store.findEntry(db, id))!
    },

    /**
     * Changes a published entry and hands the change in, both or neither. A change that waits already is not taken
     * along: whoever began it finishes it first.
     */
    async revise(session: Session, id: string, change: Partial<DraftInput>, note: string): Promise<Entry> {
      const entry = await requireEntry(session, id)
      requireSteward(session, entry)
      const procedure = procedureOf(rulebook, cataloguingProcedure)!
      const act = procedure.acts.find((each) => each.from.includes(entry.status) && submits(procedure, each))
      if (!entry.published || entry.pending !== null || act === undefined)
        throw new Problem('act-not-available', {
          condition: text(
            '条目有尚未完成的修改，或者当前环节不能提交变更',
            'Another change of the entry waits, or none can be handed in now',
          ),
          remedy: text('请先完成或者放弃该修改。', 'Finish that change first, or give it up.'),
        })
      const content = complete(entryDraftSchema.parse({ ...entry.content, ...change }), entry.providerId)
      await requireDecidedType(db, id, content)
      const asked = act.content.some((field) => field.key === 'note')
      await database.inTransaction(async (tx) => {
        if (!(await store.writePending(tx, id, entry.version, content, clock.now())))
          throw new Problem('changed-meanwhile')
        const view = (await cases().get(entry.caseId, null, tx))!
        const done = await cases().act({
          ...{ caseId: entry.caseId, act: act.key, actor: actorOf(session), tx },
          content: asked ? { note } : {},
          version: view.state.version,
        })
        if (!done.ok) throw caseProblem(done.refusal)
      })
      return (await store.findEntry(db, id))!
    },

    /** Hands an entry in by whichever act its state allows; `note` goes with it where the act asks for one. */
    async handIn(session: Session, id: string, note: string): Promise<Entry> {
      const entry = await requireEntry(session, id)
      const procedure = procedureOf(rulebook, cataloguingProcedure)!
      const act = procedure.acts.find((each) => each.from.includes(entry.status) && submits(procedure, each))
      if (act === undefined)
        throw new Problem('act-not-available', {
          condition: text('条目的当前环节不能提交', 'The entry cannot be handed in in this state'),
        })
      const asked = act.content.some((field) => field.key === 'note')
      return service.act(session, id, act.key, asked ? { note } : {}, undefined)
    },
  }
  return service
}
