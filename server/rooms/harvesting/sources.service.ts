import type { changeHarvestSource, createHarvestSource } from '@tiaoli/contract/harvesting'
import { newId } from '@tiaoli/kernel/ids'
import { text } from '@tiaoli/kernel/text'
import type { z } from 'zod'
import type { Tx } from '../../foundations/database/index.ts'
import { overseesCity, type Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { stewardOf } from '../catalogue/index.ts'
import type { HarvestingDeps } from './harvesting.deps.ts'
import {
  type HarvestMode,
  noCounts,
  noExamples,
  noParity,
  type Run,
  type Source,
} from './harvesting.model.ts'
import { mayLookAfter } from './looking-after.rules.ts'
import { createEnding, harvestDueJob } from './run-ending.ts'
import * as runStore from './runs.store.ts'
import * as store from './sources.store.ts'

/** Job that does a run; its subject is the run. */
export const harvestRunJob = 'harvesting.run'

const hourMs = 3_600_000

type NewSource = z.output<typeof createHarvestSource.body>
type SourceChange = z.output<typeof changeHarvestSource.body>

/** Registers catalogues of others, and says when they are read. */
export function createSources(deps: HarvestingDeps) {
  const { database, identity, ledger, jobs, clock } = deps
  const { db } = database
  const { interrupt } = createEnding(deps)

  const administers = (session: Session): boolean => overseesCity(session, 'admin')

  /** Administrators see every source, stewards those of their own organisation. */
  const viewpointOf = (session: Session): string | null | undefined =>
    administers(session) ? null : stewardOf(session)

  function viewOf(session: Session): string | null {
    const view = viewpointOf(session)
    if (view !== undefined) return view
    throw new Problem('not-allowed', {
      condition: text(
        '外部目录来源由系统管理员或者本单位的数据管理员管理',
        'Sources are looked after by administrators, or by data stewards for their own organisation',
      ),
    })
  }

  async function requireSource(session: Session, id: string): Promise<Source> {
    const view = viewpointOf(session)
    const source = await store.findSource(db, id)
    if (source === undefined || view === undefined || (view !== null && source.organisationId !== view))
      throw new Problem('not-found')
    return source
  }

  /** Whose entries they become: stewards register for their own organisation, administrators for any that still is. */
  function ownerOf(session: Session, named: string | undefined): string {
    const view = viewOf(session)
    const id = named ?? view ?? session.user?.organisation?.id ?? ''
    if (view !== null && id !== view)
      throw new Problem('not-allowed', {
        condition: text('只能为本单位登记来源', 'A source is registered for one’s own organisation'),
      })
    const owner = identity.organisation(id)
    if (owner === undefined || owner.dissolvedAt != null || owner.kind === 'company')
      throw new Problem('content-incomplete', {
        condition: text(
          '没有这个单位，或者该单位不编制目录',
          'No such organisation, or one that compiles no catalogue',
        ),
        errors: [{ path: 'organisationId', message: text('请选择单位', 'Choose an organisation') }],
      })
    return id
  }

  /** @throws Problem where a run of the source has not ended */
  async function fileRun(
    tx: Tx,
    source: Source,
    asked: Pick<Run, 'mode' | 'acceptWithdrawals' | 'askedBy' | 'askedName'>,
  ) {
    const run: Run = {
      id: newId(),
      sourceId: source.id,
      state: 'waiting',
      createdAt: clock.now(),
      ...{
        endedAt: null,
        counts: noCounts,
        failure: null,
        failedAt: null,
        refusal: null,
        examples: noExamples,
        parity: noParity,
      },
      ...asked,
    }
    await runStore.insertRun(tx, run)
    await jobs.file(tx, harvestRunJob, run.id, clock.now())
    return run
  }

  return {
    administers,
    requireSource,
    list: (session: Session, after: string | undefined, limit: number) =>
      store.listSources(db, viewOf(session), after, limit),

    async register(session: Session, { organisationId: named, ...words }: NewSource): Promise<Source> {
      const organisationId = ownerOf(session, named)
      const source: Source = {
        id: newId(),
        organisationId,
        ...words,
        ...{ enabled: true, tried: false, begun: false, currentRun: null, nextRunAt: null, version: 1 },
        registeredBy: session.user!.id,
        registeredName: session.user!.name,
        createdAt: clock.now(),
      }
      await database.inTransaction(async (tx) => {
        await store.insertSource(tx, source)
        await record(tx, session, source, 'registered')
      })
      return source
    },

    async change(session: Session, id: string, { version, ...said }: SourceChange): Promise<Source> {
      await requireSource(session, id)
      return database.inTransaction(async (tx) => {
        const before = (await store.findSource(tx, id, true))!
        if (before.version !== version) throw new Problem('changed-meanwhile')
        const words = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
        const after: Source = { ...before, ...words, version: version + 1 }
        const moved = after.url !== before.url || after.kind !== before.kind
        if (moved || !after.enabled) await interrupt(tx, before)
        const scheduled = after.enabled && after.begun && !moved && after.everyHours !== null
        const nextRunAt = scheduled ? new Date(clock.now().getTime() + after.everyHours * hourMs) : null
        if (nextRunAt !== null) await jobs.file(tx, harvestDueJob, id, nextRunAt)
        const written: Source = {
          ...after,
          nextRunAt,
          // Another address is another source, until it has been tried and read once.
          ...(moved && { tried: false, begun: false }),
          ...((moved || !after.enabled) && { currentRun: null }),
        }
        await store.writeSource(tx, written)
        await record(tx, session, written, 'changed')
        return written
      })
    },

    async start(session: Session, id: string, mode: HarvestMode, acceptWithdrawals: boolean): Promise<Run> {
      const { registeredBy, organisationId } = await requireSource(session, id)
      const { id: askedBy, name: askedName } = session.user!
      const orphaned = !mayLookAfter(await identity.user(registeredBy), organisationId)
      const run = await database.inTransaction(async (tx) => {
        const source = (await store.findSource(tx, id, true))!
        if (!source.enabled || identity.organisation(source.organisationId)?.dissolvedAt != null)
          throw notNow('来源已停用', 'The source is switched off', '请先恢复该来源。', 'Switch it on first.')
        if ((await runStore.openRun(tx, id)) !== undefined)
          throw notNow(
            '该来源的上一次采集尚未结束',
            'A run of this source has not ended',
            '请等待其结束。',
            'Wait until it has.',
          )
        if (mode === 'real' && !source.tried)
          throw notNow(
            '该来源尚未试采集（平台规则，非法定）',
            'The source has not been tried yet (a rule of the platform, not statutory)',
            '请先试采集，核对将要新增、变更和撤下的条目。',
            'Try it first, and look at what would be added, changed and withdrawn.',
          )
        if (orphaned && mode === 'real' && source.registeredBy === registeredBy) {
          const entrusted = { ...source, registeredBy: askedBy, registeredName: askedName }
          await store.writeSource(tx, entrusted)
          await record(tx, session, entrusted, 'entrusted')
        }
        return fileRun(tx, source, { mode, acceptWithdrawals, askedBy, askedName })
      })
      jobs.wake()
      return run
    },

    /** Begins the run of a source whose time has come, and files the next; one that is still under way is waited for. */
    async onDue(id: string): Promise<void> {
      await database.inTransaction(async (tx) => {
        const source = await store.findSource(tx, id, true)
        const due = source?.nextRunAt
        if (source === undefined || due == null || source.everyHours === null || due > clock.now()) return
        if (identity.organisation(source.organisationId)?.dissolvedAt != null) return
        if ((await runStore.openRun(tx, id)) === undefined)
          await fileRun(tx, source, {
            mode: 'real',
            acceptWithdrawals: false,
            askedBy: null,
            askedName: null,
          })
        const nextRunAt = new Date(clock.now().getTime() + source.everyHours * hourMs)
        await store.writeSource(tx, { ...source, nextRunAt })
        await jobs.file(tx, harvestDueJob, id, nextRunAt)
      })
    },
  }

  async function record(tx: Tx, session: Session, source: Source, outcome: string): Promise<void> {
    const { kind, url, everyHours, enabled, mostWithdrawnPercent } = source
    await ledger.record(tx, {
      kind: `harvest.source-${outcome}`,
      userId: session.user!.id,
      organisationId: source.organisationId,
      outcome,
      payload: { sourceId: source.id, kind, url, everyHours, enabled, mostWithdrawnPercent },
    })
  }
}

const notNow = (zh: string, en: string, remedyZh: string, remedyEn: string): Problem =>
  new Problem('act-not-available', { condition: text(zh, en), remedy: text(remedyZh, remedyEn) })
