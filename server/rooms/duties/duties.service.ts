import { createHash } from 'node:crypto'
import { newId } from '@tiaoli/kernel/ids'
import type { Clock } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Database, Tx } from '../../foundations/database/index.ts'
import { type Identity, mayOversee, type Session, scopeOf } from '../../foundations/identity/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { JsonObject, Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Rulebook } from '../../foundations/rulebook/index.ts'
import { type Duty, type HeldDuty, nothingFiled, type Target } from './duties.model.ts'
import { dateNotice, ownerNotice, readSubject, remindersOf, targetNotice } from './duties.notices.ts'
import { mayFile, mayManage, seesOwner } from './duties.policy.ts'
import { createDutyRegister } from './duties.register.ts'
import { nextDueOn, requireBinding } from './duties.rules.ts'
import * as store from './duties.store.ts'

export type DutiesDeps = {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly identity: Identity
  readonly ledger: Ledger
  readonly notices: Notices
  readonly jobs: Jobs
  readonly clock: Clock
}

/** Job that tells of a date of a duty: that it is near, or that it has passed. */
export const dutyJob = 'duties.date'

/** Owners of a duty hear of it through those who act for the organisation. */
const actingPowers = ['steward', 'officer'] as const

/** A date further away than this is a slip of the pen. */
const furthestYears = 10

export type Duties = ReturnType<typeof createDuties>

/** The register of duties: who answers for what, by when the city wants it, what was filed. */
export function createDuties({ database, rulebook, identity, ledger, notices, jobs, clock }: DutiesDeps) {
  const { db } = database
  const register = createDutyRegister({ database, rulebook, identity, clock })
  const { today, held, requireHeld } = register

  async function note(
    tx: Tx,
    session: Session,
    duty: Duty,
    act: store.DutyEvent['act'],
    words: string,
    details: { organisationId: string | null; payload: JsonObject },
  ): Promise<void> {
    const record = await ledger.record(tx, {
      kind: `duty.${act}`,
      userId: session.user!.id,
      organisationId: session.user!.organisation!.id,
      article: duty.id,
      payload: details.payload,
    })
    await store.insertEvent(tx, {
      id: newId(),
      obligationId: duty.id,
      organisationId: details.organisationId,
      at: clock.now(),
      userId: session.user!.id,
      act,
      note: words,
      recordId: record.id,
    })
  }

  async function tell(
    tx: Tx,
    owners: readonly string[],
    notice: Parameters<Notices['send']>[2],
  ): Promise<void> {
    const ids: string[] = []
    for (const owner of owners) ids.push(...(await identity.members(tx, owner, actingPowers)))
    await notices.send(tx, ids, notice)
  }

  /** Files what has to be said of the next date of each owner. */
  async function fileReminders(tx: Tx, { duty, owners }: HeldDuty): Promise<void> {
    const dates = new Set(owners.flatMap((owner) => owner.nextDueOn ?? []))
    for (const on of dates)
      for (const { subject, at } of remindersOf(duty, on, clock.now()))
        await jobs.file(tx, dutyJob, subject, at)
  }

  function requireManager(session: Session): void {
    if (mayManage(session)) return
    throw new Problem('not-allowed', {
      condition: text(
        '责任单位和目标日期由数据主管部门确定',
        'Owners and target dates are set by the data authority',
      ),
    })
  }

  return {
    list: register.list,
    get: requireHeld,

    async papers(session: Session, { duty }: HeldDuty) {
      const scope = scopeOf(session, identity.organisations(), 'officer', 'supervisor')
      const only = scope === undefined ? [] : scope
      return {
        evidence: await store.evidenceFor(db, duty.id, only, 200),
        history: await store.eventsFor(db, duty.id, only, 200),
      }
    },

    async assign(session: Session, obligationId: string, organisationIds: readonly string[], words: string) {
      const { duty } = await requireHeld(session, obligationId)
      requireManager(session)
      const ids = [...new Set(organisationIds)]
      const unknown = ids.find((id) => identity.organisation(id) === undefined)
      if (unknown !== undefined)
        throw new Problem('content-incomplete', {
          condition: text('所列单位中有未登记的单位', 'One of the organisations is not registered'),
          errors: [{ path: 'organisationIds', message: text('没有这个单位', 'No such organisation') }],
        })
      await database.inTransaction(async (tx) => {
        const before = (await store.namedOwners(tx, duty.id)).get(duty.id) ?? []
        await store.replaceOwners(tx, duty.id, ids)
        await note(tx, session, duty, 'owners', words, {
          organisationId: null,
          payload: { owners: ids, note: words },
        })
        await tell(
          tx,
          ids.filter((id) => !before.includes(id)),
          ownerNotice(duty),
        )
        await fileReminders(tx, (await held(duty.id, tx))[0]!)
      })
    },

    async setTarget(session: Session, obligationId: string, target: Target) {
      const { duty } = await requireHeld(session, obligationId)
      requireManager(session)
      requireBinding(duty)
      const latest = `${Number(today().slice(0, 4)) + furthestYears}${today().slice(4)}`
      if (target.firstDueOn < today() || target.firstDueOn > latest)
        throw new Problem('content-incomplete', {
          condition: text('目标日期须在今天以后、十年以内', 'The date must lie within the next ten years'),
          errors: [{ path: 'firstDueOn', message: text('日期不在允许范围', 'Outside what is allowed') }],
        })
      await database.inTransaction(async (tx) => {
        await store.writeTarget(tx, duty.id, target)
        await note(tx, session, duty, 'target', target.instrument.zh, {
          organisationId: null,
          payload: { ...target, kind: 'local' },
        })
        const now = (await held(duty.id, tx))[0]!
        await tell(
          tx,
          now.owners.map(({ organisation }) => organisation.id),
          targetNotice(duty, target),
        )
        await fileReminders(tx, now)
      })
    },

    async endTarget(session: Session, obligationId: string) {
      const { duty } = await requireHeld(session, obligationId)
      requireManager(session)
      await database.inTransaction(async (tx) => {
        if (!(await store.removeTarget(tx, duty.id)))
          throw new Problem('act-not-available', {
            condition: text('此项职责没有设定目标日期', 'The duty has no target date'),
          })
        await note(tx, session, duty, 'target-ended', '', { organisationId: null, payload: {} })
      })
    },

    /** Whoever may not file is told so before the file is read. */
    async requireFiler(session: Session, obligationId: string): Promise<HeldDuty> {
      const found = await requireHeld(session, obligationId)
      if (mayFile(session, found)) return found
      throw new Problem('not-allowed', {
        condition: text(
          '履职材料由责任单位的工作人员上传',
          'Evidence is filed by those who act for an owner of the duty',
        ),
      })
    },

    /** Files evidence for the next date of the owner, where it has one. */
    async file(
      session: Session,
      found: HeldDuty,
      upload: { fileName: string; note: string; bytes: Buffer },
    ): Promise<void> {
      const { duty, target } = found
      const organisationId = session.user!.organisation!.id
      await database.inTransaction(async (tx) => {
        const own = (await store.filed(tx, duty.id)).get(`${duty.id} ${organisationId}`) ?? nothingFiled
        const evidence: store.Evidence = {
          id: newId(),
          obligationId: duty.id,
          organisationId,
          at: clock.now(),
          userId: session.user!.id,
          note: upload.note,
          forDueOn: target === undefined ? null : nextDueOn(target, own),
          fileName: upload.fileName,
          sizeBytes: upload.bytes.length,
          sha256: createHash('sha256').update(upload.bytes).digest('hex'),
        }
        await store.insertEvidence(tx, evidence, upload.bytes)
        await note(tx, session, duty, 'evidence', upload.note, {
          organisationId,
          payload: {
            file: evidence.fileName,
            sizeBytes: evidence.sizeBytes,
            sha256: evidence.sha256,
            forDueOn: evidence.forDueOn,
          },
        })
        await fileReminders(tx, (await held(duty.id, tx))[0]!)
      })
    },

    async evidence(session: Session, obligationId: string, evidenceId: string) {
      await requireHeld(session, obligationId)
      const found = await store.findEvidence(db, obligationId, evidenceId)
      const sees =
        found !== undefined && seesOwner(session, identity.organisation(found.evidence.organisationId))
      if (!sees) throw new Problem('not-found')
      return found
    },

    /** Tells the owners who have filed nothing for the date, and of a date that has passed the authority too. */
    async onDate(subject: string): Promise<void> {
      const { dutyId, on, what } = readSubject(subject)
      await database.inTransaction(async (tx) => {
        const found = (await held(dutyId, tx))[0]
        // A node that was away may wake after the date itself: what is late is no longer near.
        if (found?.target === undefined || (what === 'soon' && on < today())) return
        const waiting = found.owners.filter((owner) => owner.nextDueOn === on)
        if (waiting.length === 0) return
        const all = identity.organisations()
        const authorities = all.filter((authority) =>
          waiting.some(({ organisation }) => mayOversee(authority, organisation)),
        )
        await tell(
          tx,
          [
            ...waiting.map(({ organisation }) => organisation.id),
            ...(what === 'late' ? authorities.map(({ id }) => id) : []),
          ],
          dateNotice(found.duty, found.target, on, what),
        )
      })
    },
  }
}
