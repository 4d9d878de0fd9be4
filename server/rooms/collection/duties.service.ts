import { newId } from '@tiaoli/kernel/ids'
import { text } from '@tiaoli/kernel/text'
import { type Session, scopeOf } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { EntryFault, EntryWatcher } from '../catalogue/index.ts'
import { identifierFaults, sourceOf } from './collection.rules.ts'
import type { CollectionDeps } from './collection.service.ts'
import type { CollectionDuty, Conflict } from './duties.store.ts'
import * as store from './duties.store.ts'
import { elementOf, namesOf } from './elements.ts'

export type Duties = ReturnType<typeof createDuties>

/** Who collects which data item (一数一源): one body each, and the authority decides between two. */
export function createDuties(deps: CollectionDeps) {
  const { database, catalogue, identity, ledger, notices, rulebook, rules, clock } = deps
  const { db } = database
  const { responsibility } = rules

  function requireDecider(session: Session): { organisationId: string; article: string } {
    if (responsibility === undefined)
      throw new Problem('act-not-available', {
        condition: text('本市条例没有此项制度', 'The regulation of this city knows no such thing'),
      })
    const organisation = session.user?.organisation
    if (!organisation?.roles.includes(responsibility.by) || !session.user!.powers.includes('officer'))
      throw new Problem('not-allowed', {
        article: responsibility.article,
        condition: responsibility.condition,
      })
    return { organisationId: organisation.id, article: responsibility.article }
  }

  /**
   * A claim to collect what another body collects opens a conflict, and the entry cannot be confirmed while it is
   * open. Where the text has no such register, data that can be had by sharing cannot be entered as self-collected.
   */
  const watcher: EntryWatcher = {
    async check(tx, entry, moment) {
      const content = entry.pending ?? entry.content
      const claimed = content.fields.filter(({ selfCollected }) => selfCollected === true)
      if (moment === 'submission') {
        const faults: EntryFault[] = identifierFaults(rules, content)
        if (responsibility !== undefined || rules.noRepeat === undefined || claimed.length === 0)
          return faults
        const names = claimed.flatMap(({ name }) => namesOf(name))
        const candidates = await catalogue.withField(names, entry.providerId, tx)
        const facts = {
          candidates,
          refusedEntryIds: new Set<string>(),
          named: undefined,
          organisationId: entry.providerId,
        }
        for (const field of claimed) {
          const source = sourceOf(rulebook, rules, field, content.subjectType, facts)
          if (source !== undefined)
            faults.push({
              path: 'fields',
              article: rules.noRepeat.article,
              message: text(
                `“${field.name}”可以通过共享取得（《${source.entry.content.title}》），不得登记为自行收集`,
                `“${field.name}” can be had by sharing (“${source.entry.content.title}”)`,
              ),
            })
        }
        return faults
      }
      if (responsibility === undefined || (moment !== 'confirmation' && moment !== 'publication')) return []
      const held = await store.dutiesFor(tx, elementsOf(claimed))
      return held
        .filter(({ organisationId }) => organisationId !== entry.providerId)
        .map(({ element }) => ({
          path: 'fields',
          article: responsibility.article,
          message: text(
            `“${element}”由其他单位采集，未经裁定不能确认为本单位采集`,
            `“${element}” is collected by another body; without a decision it cannot be confirmed as yours`,
          ),
        }))
    },

    async follow(tx, entry, moment, event) {
      if (responsibility === undefined) return
      const content = entry.pending ?? entry.content
      const claimed = elementsOf(content.fields.filter(({ selfCollected }) => selfCollected === true))
      const held = new Map((await store.dutiesFor(tx, claimed)).map((duty) => [duty.element, duty]))
      if (moment === 'publication')
        for (const element of claimed)
          if (!held.has(element))
            await store.writeDuty(tx, { element, organisationId: entry.providerId, since: clock.now() })
      if (moment !== 'submission') return
      for (const { element, organisationId } of held.values()) {
        if (organisationId === entry.providerId) continue
        const conflict: Conflict = {
          id: newId(),
          element,
          holderId: organisationId,
          claimantId: entry.providerId,
          entryId: entry.id,
          openedAt: clock.now(),
          assignedId: null,
          reasons: null,
          decidedAt: null,
        }
        await store.openConflict(tx, conflict)
        await ledger.record(tx, {
          kind: 'collection.conflict',
          userId: event.actor?.userId ?? null,
          organisationId: entry.providerId,
          entryId: entry.id,
          article: responsibility.article,
          outcome: 'opened',
          payload: { element, holder: organisationId },
        })
        for (const decider of identity.organisationsWithRole(responsibility.by))
          await notices.send(tx, await identity.members(tx, decider.id, ['officer']), {
            kind: 'collection.conflict',
            title: text(`采集职责争议：${element}`, `Two bodies claim to collect: ${element}`),
            body: text('请裁定由哪个单位采集。', 'Decide which body collects it.'),
            link: '/desk/collection',
          })
      }
    },
  }

  return {
    watcher,
    list: (after: string | undefined, limit: number) => store.dutiesAfter(db, after, limit),
    decides: (session: Session): boolean =>
      responsibility !== undefined &&
      session.user?.organisation?.roles.includes(responsibility.by) === true &&
      session.user.powers.includes('officer'),
    conflicts: async (session: Session): Promise<Conflict[]> => {
      const seen = scopeOf(session, identity.organisations(), 'officer')
      return seen === undefined ? [] : store.openConflicts(db, { organisationIds: seen })
    },

    async assign(session: Session, name: string, organisationId: string): Promise<CollectionDuty> {
      const decider = requireDecider(session)
      if (identity.organisation(organisationId) === undefined)
        throw fault('organisationId', text('没有这个单位', 'There is no such body'))
      const duty = { element: elementOf(name), organisationId, since: clock.now() }
      await database.inTransaction(async (tx) => {
        await store.writeDuty(tx, duty)
        await recordAssignment(tx, session, decider, duty.element, organisationId, null)
      })
      return duty
    },

    /** With the holder kept, the claimant drops its claim and hands in again; else the duty moves to the claimant. */
    async decide(
      session: Session,
      id: string,
      input: { assign: 'holder' | 'claimant'; reasons: string },
    ): Promise<Conflict> {
      const decider = requireDecider(session)
      return database.inTransaction(async (tx) => {
        const conflict = await store.lockConflict(tx, id)
        if (conflict === undefined) throw new Problem('not-found')
        if (conflict.decidedAt !== null)
          throw new Problem('act-not-available', { condition: text('争议已经裁定', 'It has been decided') })
        if ([conflict.holderId, conflict.claimantId].includes(decider.organisationId))
          throw new Problem('not-allowed', {
            condition: text(
              '本单位是争议一方，应当回避（平台要求，非法定）',
              'Your body is a party to this conflict and has to stand aside (asked by the platform, not statutory)',
            ),
            remedy: text(
              '请撤回本单位的采集主张，或者将该项采集职责确定给另一方',
              'Drop your own claim, or assign the item to the other body',
            ),
          })
        const assignedId = input.assign === 'holder' ? conflict.holderId : conflict.claimantId
        const at = clock.now()
        const decision = { assignedId, reasons: input.reasons, userId: session.user!.id, at }
        await store.writeDecision(tx, id, decision)
        await store.writeDuty(tx, { element: conflict.element, organisationId: assignedId, since: at })
        await recordAssignment(tx, session, decider, conflict.element, assignedId, input.reasons)
        for (const party of [conflict.holderId, conflict.claimantId])
          await notices.send(tx, await identity.members(tx, party, ['steward']), {
            kind: 'collection.decided',
            title: text(`采集职责已裁定：${conflict.element}`, `Decided who collects: ${conflict.element}`),
            body: text(
              `由${identity.organisation(assignedId)?.name.zh ?? ''}采集。理由：${input.reasons}`,
              `Collected by ${identity.organisation(assignedId)?.name.en ?? ''}. Reasons: ${input.reasons}`,
            ),
            link: `/entries/${conflict.entryId}`,
          })
        return { ...conflict, assignedId, reasons: input.reasons, decidedAt: at }
      })
    },
  }

  async function recordAssignment(
    tx: Parameters<typeof ledger.record>[0],
    session: Session,
    decider: { organisationId: string; article: string },
    element: string,
    assigned: string,
    reasons: string | null,
  ): Promise<void> {
    await ledger.record(tx, {
      kind: 'collection.assigned',
      userId: session.user!.id,
      organisationId: decider.organisationId,
      article: decider.article,
      outcome: 'assigned',
      payload: { element, assigned, reasons },
    })
  }
}

const elementsOf = (fields: readonly { name: string }[]): string[] => [
  ...new Set(fields.map(({ name }) => elementOf(name))),
]

const fault = (path: string, message: { zh: string; en: string }): Problem =>
  new Problem('content-incomplete', { condition: message, errors: [{ path, message }] })
