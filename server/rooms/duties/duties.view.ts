import type { DutySummary, Duty as DutyView } from '@tiaoli/contract/duties'
import type { Text } from '@tiaoli/kernel/text'
import type { Organisation, Session } from '../../foundations/identity/index.ts'
import type { HeldDuty, Owner } from './duties.model.ts'
import { mayFile, mayManage } from './duties.policy.ts'
import { stateOfAll } from './duties.rules.ts'
import type { DutyEvent, Evidence } from './duties.store.ts'

export const stateOf = ({ owners }: HeldDuty) => stateOfAll(owners.map(({ state }) => state))

/** The nearest date that any owner still has to meet. */
export const dueOf = ({ owners }: HeldDuty): string =>
  owners.flatMap((owner) => owner.nextDueOn ?? []).sort()[0] ?? '9999'

const presentOwner = ({ organisation, assigned, state, nextDueOn, filed }: Owner) => ({
  organisation: { id: organisation.id, name: organisation.name },
  assigned,
  state,
  nextDueOn,
  evidenceCount: filed.count,
  lastEvidenceAt: filed.lastAt?.toISOString() ?? null,
})

export function presentSummary(found: HeldDuty): DutySummary {
  const { duty, target, owners } = found
  return {
    id: duty.id,
    title: duty.title,
    modality: duty.modality,
    capability: duty.capability,
    bearers: duty.bearers.map(({ zh, en }) => ({ zh, en })),
    cadence: cadenceOf(found),
    state: stateOf(found),
    owners: owners.map(presentOwner),
    target: target ?? null,
  }
}

/** The text's own word for how often, in both languages where the register has them. */
function cadenceOf({ duty: { cadence } }: HeldDuty): Text | null {
  const zh = cadence?.zh ?? cadence?.en
  return zh === undefined ? null : { zh, en: cadence?.en ?? zh }
}

export type Papers = { readonly evidence: readonly Evidence[]; readonly history: readonly DutyEvent[] }

export function presentDuty(
  session: Session,
  found: HeldDuty,
  { evidence, history }: Papers,
  names: {
    readonly organisation: (id: string) => Organisation | undefined
    readonly user: (id: string) => string
  },
): DutyView {
  const organisationOf = (id: string | null) => {
    const organisation = id === null ? undefined : names.organisation(id)
    return organisation === undefined ? null : { id: organisation.id, name: organisation.name }
  }
  return {
    ...presentSummary(found),
    obligation: found.duty.obligation,
    evidenceWanted: found.duty.evidence ?? null,
    evidence: evidence.map((each) => ({
      id: each.id,
      organisation: organisationOf(each.organisationId),
      at: each.at.toISOString(),
      by: names.user(each.userId),
      note: each.note,
      forDueOn: each.forDueOn,
      fileName: each.fileName,
      sizeBytes: each.sizeBytes,
      sha256: each.sha256,
    })),
    history: history.map((each) => ({
      at: each.at.toISOString(),
      act: each.act,
      by: names.user(each.userId),
      organisation: organisationOf(each.organisationId),
      note: each.note,
      recordId: each.recordId,
    })),
    allowed: { manage: mayManage(session), addEvidence: mayFile(session, found) },
  }
}
