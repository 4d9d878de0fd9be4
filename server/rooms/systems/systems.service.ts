import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Database } from '../../foundations/database/index.ts'
import { type Identity, isPublicBody, type Session } from '../../foundations/identity/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import { Problem, refusalProblem } from '../../foundations/problems/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import { availabilityOf, beatMs, windowMs } from './systems.rules.ts'
import * as store from './systems.store.ts'

export type SystemsDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly identity: Identity
  readonly jobs: Jobs
  readonly ledger: Ledger
  readonly clock: Clock
}

export type SystemKey = store.Maintenance['system']
export type Systems = ReturnType<typeof createSystems>

/** Job that gives a sign of life and files the next. */
export const beatJob = 'systems.beat'
const maintenanceShown = 20

/** Two entrances over one platform: who may enter which, how they run, and how they are maintained. */
export function createSystems({ database, rulebook, identity, jobs, ledger, clock }: SystemsDeps) {
  const { db } = database
  const rules = rulebook.rooms.systems

  const maintains = (session: Session): boolean =>
    rules !== undefined &&
    session.user?.organisation?.roles.includes(rules.by) === true &&
    session.user.powers.some((power) => power === 'officer' || power === 'admin')

  /** Everyone has the opening system; the sharing system is for public bodies. */
  const admits = (system: SystemKey, session: Session): boolean =>
    system === 'opening' || isPublicBody(session.user?.organisation ?? null)

  return {
    rules,
    maintains,
    admits,
    runBy: () => (rules === undefined ? undefined : identity.organisationsWithRole(rules.by)[0]),

    /** Throws where the caller may not enter, with the article that says whom the system is for. */
    enter(system: SystemKey, session: Session): void {
      if (rules === undefined) throw new Problem('not-found')
      const { article, condition, remedy } = rules.sharing
      if (!admits(system, session))
        throw refusalProblem('refused-by-law', { code: 'not-admitted', article, condition, remedy })
    },

    /** A sign of life, and the job for the next: a node that stands still gives none. */
    async beat(): Promise<void> {
      const now = clock.now()
      await database.inTransaction(async (tx) => {
        await store.insertBeat(tx, now, new Date(+now - 2 * windowMs))
        await jobs.file(tx, beatJob, 'platform', new Date(+now + beatMs))
      })
    },

    async running(system: SystemKey) {
      const now = clock.now()
      const [beats, maintenance] = await Promise.all([
        store.findBeats(db, new Date(+now - windowMs), now),
        store.findMaintenance(db, system, maintenanceShown),
      ])
      return { availability: availabilityOf(beats, maintenance, now), maintenance }
    },

    async announce(
      session: Session,
      system: SystemKey,
      input: { from: Date; until: Date; note: string },
    ): Promise<store.Maintenance> {
      if (rules === undefined) throw new Problem('not-found')
      if (!maintains(session)) {
        const term = rulebook.roles.find(({ key }) => key === rules.by)!.term
        throw new Problem('not-allowed', {
          article: rules.article,
          condition: text(`系统由${term.zh}运行维护`, `The systems are run by the ${term.en}`),
        })
      }
      if (input.until <= input.from)
        throw new Problem('content-incomplete', {
          condition: text('维护结束时间须晚于开始时间', 'Maintenance ends after it begins'),
          errors: [{ path: 'until', message: text('须晚于开始时间', 'Must be after the beginning') }],
        })
      const user = session.user!
      const made = {
        id: newId(),
        system,
        ...input,
        organisationId: user.organisation!.id,
        userId: user.id,
      }
      await database.inTransaction(async (tx) => {
        await store.insertMaintenance(tx, made)
        await ledger.record(tx, {
          kind: 'system.maintained',
          userId: user.id,
          organisationId: made.organisationId,
          article: rules.article,
          payload: {
            system,
            from: input.from.toISOString(),
            until: input.until.toISOString(),
            note: input.note,
          },
        })
      })
      return made
    },
  }
}
