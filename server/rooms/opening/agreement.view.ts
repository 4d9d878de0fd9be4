import type { AgreementSummary, AgreementTaskView, AgreementView } from '@tiaoli/contract/agreements'
import { civilDateOf } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import { type AgreementRules, procedureOf, type Rulebook } from '../../foundations/rulebook/index.ts'
import { mattersShown } from './agreement.document.ts'
import type { Agreement, AgreementCopy, AgreementModel, AgreementTask, Signature } from './agreement.model.ts'
import { holds } from './agreement.policy.ts'
import { deviationsFrom } from './agreement.rules.ts'
import { taskContent } from './tasks.service.ts'

export type Shown = {
  readonly identity: Identity
  readonly rulebook: Rulebook
  readonly rules: AgreementRules
  readonly session: Session
  readonly entryTitle: (id: string) => string
  readonly now: Date
}

const nameOf = (identity: Identity, id: string) => ({
  id,
  name: identity.organisation(id)?.name ?? text(id, id),
})

export function presentSummary(
  { identity, rules, entryTitle }: Shown,
  agreement: Agreement,
  userName: string,
  copy: AgreementCopy | undefined,
  tasks: readonly AgreementTask[],
): AgreementSummary {
  const organisation = agreement.organisationId === null ? null : nameOf(identity, agreement.organisationId)
  return {
    id: agreement.id,
    number: agreement.number,
    name: rules.name,
    entry: { id: agreement.entryId, title: entryTitle(agreement.entryId) },
    user: { name: organisation?.name.zh ?? userName, organisation },
    authority: nameOf(identity, agreement.authorityId),
    provider: nameOf(identity, agreement.providerId),
    standing: agreement.standing,
    untilOn: agreement.untilOn,
    copy:
      copy === undefined
        ? null
        : { deliveredAt: copy.deliveredAt.toISOString(), openedAt: copy.openedAt?.toISOString() ?? null },
    missedTasks: tasks.filter((task) => task.missedAt !== null && task.filedAt === null).length,
    createdAt: agreement.createdAt.toISOString(),
  }
}

export function presentAgreement(
  shown: Shown,
  agreement: Agreement,
  userName: string,
  copy: AgreementCopy | undefined,
  tasks: readonly AgreementTask[],
  model: AgreementModel | undefined,
  mayEnd: boolean,
  order: AgreementView['order'],
): AgreementView {
  const { identity, rulebook, rules } = shown
  const procedure = procedureOf(rulebook, rules.procedure)!
  const matters = mattersShown(rules, procedure, agreement.matters)
  const titleOf = (key: string) => matters.find((matter) => matter.key === key)?.title ?? text(key, key)
  const signature = (given: Signature, recordId: string | null) => ({
    organisation: given.organisationId === null ? null : nameOf(identity, given.organisationId),
    name: given.name,
    inPlaceOf: given.inPlaceOf?.name ?? null,
    at: given.at,
    recordId,
  })
  return {
    ...presentSummary(shown, agreement, userName, copy, tasks),
    caseId: agreement.caseId,
    grantId: agreement.grantId,
    article: rules.article,
    matters,
    standingClauses: [...rules.standing],
    modelVersion: agreement.modelVersion,
    deviations: deviationsFrom(model, agreement.matters).map((each) => ({
      ...each,
      title: titleOf(each.key),
    })),
    signatures: {
      authority: signature(agreement.offered, agreement.offeredRecordId),
      user: agreement.accepted && signature(agreement.accepted, agreement.acceptedRecordId),
    },
    termsSha256: agreement.termsSha256,
    sha256: agreement.sha256,
    recordId: agreement.recordId,
    ending:
      agreement.endedAt === null || agreement.ending === null
        ? null
        : {
            ground: rules.endings.find(({ key }) => key === agreement.ending?.ground)?.term ?? null,
            reasons: agreement.ending.reasons,
            at: agreement.endedAt.toISOString(),
          },
    tasks: tasks.map((task) => presentTask(shown, agreement, task)),
    endings: mayEnd ? [...rules.endings] : [],
    order,
  }
}

const articleKey = { feedback: 'feedback', measure: 'measures', disposal: 'disposal' } as const

export function presentTask(shown: Shown, agreement: Agreement, task: AgreementTask): AgreementTaskView {
  const { rules, session, entryTitle, now } = shown
  return {
    id: task.id,
    agreement: {
      id: agreement.id,
      number: agreement.number,
      entryTitle: entryTitle(agreement.entryId),
    },
    kind: task.kind,
    subject: task.subject,
    article: rules[articleKey[task.kind]].article,
    dueOn: task.dueOn,
    openedAt: task.openedAt.toISOString(),
    // The job that marks it may be a moment late; the date is not.
    missed:
      task.missedAt !== null ||
      (task.filedAt === null && task.dueOn !== null && task.dueOn < civilDateOf(now)),
    filedAt: task.filedAt?.toISOString() ?? null,
    content: Object.entries(task.content ?? {}).map(([key, value]) => ({ key, text: value })),
    asks: task.filedAt === null && holds(session, agreement) ? [...taskContent[task.kind]] : [],
    recordId: task.recordId,
  }
}
