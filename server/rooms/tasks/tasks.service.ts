import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { ActHappened, Cases } from '../../foundations/cases/index.ts'
import type { Database, Tx } from '../../foundations/database/index.ts'
import {
  type Area,
  type Identity,
  isInArea,
  overseersOf,
  type Session,
} from '../../foundations/identity/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Rulebook, TasksRules } from '../../foundations/rulebook/index.ts'
import type { Aggregation, LiveSnapshot } from '../aggregation/index.ts'
import type { Catalogue, Sectors, WatchedSectors } from '../catalogue/index.ts'
import { nothingNoted, type Requirement, type Stage, type Task } from './tasks.model.ts'
import { lateNotice, shortNotice } from './tasks.notices.ts'
import { mayReport, mayRequire, viewpointOf } from './tasks.policy.ts'
import { articleFor, dueOf, monthOf, type Owed, stagesByType, standingOf } from './tasks.rules.ts'
import * as store from './tasks.store.ts'

export type TasksDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly catalogue: Catalogue
  readonly sectors: Pick<Sectors, 'watchedBy' | 'watcherOf'>
  /** Made later in the house: asked when something is read. */
  readonly aggregation: () => Aggregation
  readonly cases: () => Cases
  readonly identity: Identity
  readonly ledger: Ledger
  readonly notices: Notices
  readonly jobs: Jobs
  readonly clock: Clock
}

/** Job that looks whether an entry was loaded by the moment by which its cycle wants it. */
export const taskDueJob = 'tasks.due'

export const exceptionEffect = 'except-from-aggregation'

export type Tasks = ReturnType<typeof createTasks>

/** Aggregation as catalogued (汇聚任务): what was promised, what came, and who is told of the difference. */
export function createTasks(deps: TasksDeps) {
  const { database, rulebook, catalogue, sectors, identity, ledger, notices, jobs, clock } = deps
  const { db } = database
  const { tasks: rules } = rulebook.rooms

  /** A city whose text orders nothing of this has no such room. */
  function offered(): TasksRules {
    if (rules === undefined) throw new Problem('not-found')
    return rules
  }

  async function tasksOf(providerIds: Area, watched?: WatchedSectors): Promise<Task[]> {
    const [entries, notes] = await Promise.all([
      catalogue.publishedEntries(providerIds, watched),
      store.notes(db, null),
    ])
    return entries.map((entry) => ({ entry, notes: notes.get(entry.id) ?? nothingNoted }))
  }

  /** The task of a published entry; inside a transaction, of which more than one connection is not to be had. */
  async function taskOf(entryId: string, tx?: Tx): Promise<Task | undefined> {
    const entry = await catalogue.publishedEntry(entryId, tx)
    if (entry === undefined) return undefined
    return { entry, notes: (await store.notes(tx ?? db, entryId)).get(entryId) ?? nothingNoted }
  }

  async function requireTask(session: Session, entryId: string): Promise<Task> {
    const seen = viewpointOf(offered(), session, identity.organisations())
    const task = seen === undefined ? undefined : await taskOf(entryId)
    if (task === undefined) throw new Problem('not-found')
    const own = session.user?.organisation?.id
    const watches = async () => own !== undefined && (await sectors.watcherOf(task.entry)) === own
    if (!isInArea(seen, task.entry.providerId) && !(await watches())) throw new Problem('not-found')
    return task
  }

  /** Looks at the task when its next load is due. */
  async function fileDue(tx: Tx, task: Task): Promise<void> {
    const dueAt = dueOf(task)
    // One moment later: what comes at the moment itself is in time.
    if (dueAt !== null) await jobs.file(tx, taskDueJob, task.entry.id, new Date(dueAt.getTime() + 1))
  }

  /** What is excepted and may be shared has to be reachable where it lies. */
  const owedOf = ({ entry }: Task): Owed => ({
    interface:
      rules?.exceptions?.byInterface !== undefined && stagesByType(rulebook, entry).includes('shared'),
  })

  async function watchers(tx: Tx, ordered: TasksRules, entry: Task['entry']): Promise<string[]> {
    const { providerId } = entry
    const watching = [
      ...overseersOf(identity.organisations(), identity.organisation(providerId)),
      ...(ordered.centre === undefined ? [] : identity.organisationsWithRole(ordered.centre)),
    ]
    const users = await identity.members(tx, providerId, ['steward'])
    for (const { id } of watching) users.push(...(await identity.members(tx, id, ['officer'])))
    const lead = await sectors.watcherOf(entry, tx)
    if (lead !== undefined && lead !== providerId)
      users.push(...(await identity.members(tx, lead, ['steward', 'officer'])))
    return [...new Set(users)]
  }

  async function reach(
    tx: Tx,
    entryId: string,
    stages: readonly Stage[],
    by: Omit<LiveSnapshot, 'receivedAt' | 'rows' | 'fileName' | 'entryId'> & {
      readonly at: Date
      readonly rows?: number
      readonly source?: string
    },
  ): Promise<void> {
    if (rules?.stages === undefined) return
    const reached = new Set((await store.stagesOf(tx, entryId)).map(({ stage }) => stage))
    for (const stage of stages) {
      if (reached.has(stage)) continue
      const { organisationId, userId, at, rows = null, source = null } = by
      const record = await ledger.record(tx, {
        kind: 'task.stage',
        userId,
        organisationId,
        entryId,
        article: rules.stages.article,
        outcome: stage,
        payload: { rows, source },
      })
      await store.insertStage(tx, entryId, {
        stage,
        at,
        organisationId,
        userId,
        rows,
        source,
        recordId: record.id,
      })
    }
  }

  return {
    rules,

    /** What the caller may see: the tasks of all, of an area, or of the own body. */
    async list(session: Session): Promise<readonly Task[]> {
      const seen = viewpointOf(offered(), session, identity.organisations())
      return seen === undefined ? [] : tasksOf(seen, await sectors.watchedBy(session.user?.organisation?.id))
    },

    requireTask,
    stages: (entryId: string) => store.stagesOf(db, entryId),
    standing: (task: Task) => standingOf(task, clock.now(), owedOf(task)),

    /** Whether the rows lie with the platform or at their source, where the text knows the difference. */
    modeOf: ({ entry }: Task): 'logical' | 'physical' | null =>
      rules?.modes === undefined ? null : entry.live === null ? rules.modes.default : 'physical',

    articleFor: (providerId: string) => articleFor(offered(), identity.organisation(providerId)),

    actsOf(session: Session, task: Task): ('require' | 'report-source')[] {
      const ordered = offered()
      return [
        ...(ordered.requirement && mayRequire(ordered, session, identity.organisation(task.entry.providerId))
          ? (['require'] as const)
          : []),
        ...(ordered.fullness && mayReport(session, task.entry.providerId)
          ? (['report-source'] as const)
          : []),
      ]
    },

    /** Records who ordered an entry to be aggregated in which cycle. */
    async require(session: Session, entryId: string, cycle: string, requirement: Requirement): Promise<void> {
      const ordered = offered()
      const { entry } = await requireTask(session, entryId)
      if (ordered.requirement === undefined) throw new Problem('not-found')
      if (!mayRequire(ordered, session, identity.organisation(entry.providerId)))
        throw new Problem('not-allowed', {
          condition: text(
            '汇聚要求由数据主管部门或者平台运行机构登记',
            'Requirements are recorded by the authority or the body that runs the platform',
          ),
        })
      const { article } = ordered.requirement
      await database.inTransaction(async (tx) => {
        await store.writeRequirement(tx, entryId, cycle, requirement)
        await ledger.record(tx, {
          kind: 'task.requirement',
          userId: session.user!.id,
          organisationId: session.user!.organisation!.id,
          entryId,
          article,
          outcome: cycle,
          payload: { ...requirement },
        })
        const task = await taskOf(entryId, tx)
        if (task !== undefined) await fileDue(tx, task)
        await notices.send(tx, await identity.members(tx, entry.providerId, ['steward']), {
          kind: 'task.requirement',
          title: text(`《${entry.title}》有新的汇聚要求`, `“${entry.title}” has a new requirement`),
          body: text(
            `${requirement.issuer}《${requirement.instrument}》（${requirement.on}）`,
            `${requirement.issuer}, ${requirement.instrument} (${requirement.on})`,
          ),
          link: `/desk/aggregation/${entryId}`,
        })
      })
    },

    /** Takes down what lies at the source; who watches over it is told where more lies there than here. */
    async report(session: Session, entryId: string, rows: number, changedAt: Date): Promise<void> {
      const ordered = offered()
      const { entry, notes } = await requireTask(session, entryId)
      if (ordered.fullness === undefined) throw new Problem('not-found')
      if (!mayReport(session, entry.providerId))
        throw new Problem('not-allowed', {
          condition: text(
            '源端情况由提供单位的数据管理员报告',
            'What lies at the source is reported by a data steward of the provider',
          ),
        })
      if (notes.source?.measured)
        throw new Problem('act-not-available', {
          article: ordered.fullness.article,
          condition: text(
            '平台已直接读取该来源，无须报告',
            'The platform counts at this source itself; nothing is to be reported',
          ),
        })
      const now = clock.now()
      if (changedAt > now)
        throw new Problem('content-incomplete', {
          condition: text('源端更新时间不能晚于现在', 'The source cannot have changed in the future'),
          errors: [{ path: 'changedAt', message: text('晚于现在', 'Later than now') }],
        })
      const { article } = ordered.fullness
      await database.inTransaction(async (tx) => {
        await store.writeSource(tx, entryId, { rows, changedAt, reportedAt: now, measured: false })
        await ledger.record(tx, {
          kind: 'task.source',
          userId: session.user!.id,
          organisationId: entry.providerId,
          entryId,
          article,
          payload: { rows, changedAt: changedAt.toISOString() },
        })
        const task = (await taskOf(entryId, tx))!
        const standing = standingOf(task, now)
        if (standing.missingRows || standing.lagSeconds)
          await notices.send(tx, await watchers(tx, ordered, entry), shortNotice(task, standing))
      })
    },

    /** What the platform counted at the source; who watches over it is told once of each change for the worse. */
    async onMeasured(
      tx: Tx,
      entryId: string,
      { rows, changedAt, at }: { rows: number; changedAt: Date | null; at: Date },
    ): Promise<void> {
      const before = rules?.fullness && (await taskOf(entryId, tx))
      if (rules?.fullness === undefined || before === undefined) return
      await store.writeSource(tx, entryId, { rows, changedAt, reportedAt: at, measured: true })
      const known = before.notes.source
      if (known?.measured && known.rows === rows && Number(known.changedAt) === Number(changedAt)) return
      await ledger.record(tx, {
        kind: 'task.source',
        organisationId: before.entry.providerId,
        entryId,
        article: rules.fullness.article,
        outcome: 'measured',
        payload: { rows, changedAt: changedAt?.toISOString() ?? null },
      })
      const task = (await taskOf(entryId, tx))!
      const standing = standingOf(task, at)
      if (standing.missingRows || standing.lagSeconds)
        await notices.send(tx, await watchers(tx, rules, before.entry), shortNotice(task, standing))
    },

    /** What was published is to be loaded; what is excepted is not. */
    async onAct({ tx, state, effect, event }: ActHappened): Promise<void> {
      const { entryId } = state
      if (rules === undefined || entryId === null) return
      if (effect === exceptionEffect) await store.writeException(tx, entryId, state.id)
      if (effect !== 'publish') return
      const task = await taskOf(entryId, tx)
      if (task === undefined) return
      const { organisationId = null, userId = '' } = event.actor ?? {}
      const by = { organisationId: organisationId ?? task.entry.providerId, userId, at: clock.now() }
      await reach(tx, entryId, ['registered'], by)
      if (task.entry.live !== null) await reach(tx, entryId, stagesByType(rulebook, task.entry), by)
      await fileDue(tx, task)
    },

    async beforeLive(tx: Tx, { entryId, receivedAt, rows, fileName, ...by }: LiveSnapshot): Promise<void> {
      const task = rules === undefined ? undefined : await taskOf(entryId, tx)
      if (task === undefined) return
      await reach(tx, entryId, ['connected'], { ...by, at: receivedAt, source: fileName })
      const at = clock.now()
      await reach(tx, entryId, ['aggregated'], { ...by, at, rows, source: fileName })
      await reach(tx, entryId, stagesByType(rulebook, task.entry), { ...by, at })
      await fileDue(tx, task)
    },

    /** The moment by which the entry should have been loaded has passed: if it was not, those concerned are told once. */
    async onDue(entryId: string): Promise<void> {
      if (rules === undefined) return
      await database.inTransaction(async (tx) => {
        const task = await taskOf(entryId, tx)
        if (task === undefined) return
        const { faults, dueAt } = standingOf(task, clock.now())
        if (!faults.includes('late') || dueAt === null || !(await store.markTold(tx, entryId, dueAt))) return
        await ledger.record(tx, {
          kind: 'task.late',
          organisationId: task.entry.providerId,
          entryId,
          article: articleFor(rules, identity.organisation(task.entry.providerId)),
          outcome: 'late',
          payload: { dueAt: dueAt.toISOString() },
        })
        await notices.send(tx, await watchers(tx, rules, task.entry), lateNotice(task, dueAt))
      })
    },

    titles: async (ids: readonly string[]) =>
      new Map((await catalogue.findAll([...new Set(ids)])).map((entry) => [entry.id, entry.content.title])),

    isOpen: ({ entry }: Task): boolean => stagesByType(rulebook, entry).includes('opened'),

    /** Sharing requests that were answered, with the time that took, by entry. */
    answered: () =>
      deps.cases().answered(rulebook.catalogue.sharingTypes.flatMap(({ procedure }) => procedure ?? [])),

    /** What was supplied and obtained in a month of China's civil time. */
    async flows(session: Session, month: string) {
      const seen = viewpointOf(offered(), session, identity.organisations())
      if (offered().flows === undefined || seen === undefined) throw new Problem('not-found')
      const { from, before } = monthOf(month)
      const [supplied, obtained] = await Promise.all([
        deps.aggregation().suppliedBetween(from, before),
        ledger.accessesBetween(from, before),
      ])
      const own = <T extends { organisationId: string }>(rows: readonly T[]) =>
        rows.filter(({ organisationId }) => isInArea(seen, organisationId))
      const providers = new Map(
        (await catalogue.findAll([...new Set(obtained.map(({ entryId }) => entryId))])).map((entry) => [
          entry.id,
          entry.providerId,
        ]),
      )
      // Who reads what it supplied itself has obtained nothing.
      const ofOthers = obtained.filter(
        ({ entryId, organisationId }) => providers.get(entryId) !== organisationId,
      )
      return { supplied: own(supplied), obtained: own(ofOthers) }
    },
  }
}
