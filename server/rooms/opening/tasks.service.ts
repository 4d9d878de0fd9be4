import { newId } from '@tiaoli/kernel/ids'
import { addDays, type Clock, civilDateOf, startOfCivilDate } from '@tiaoli/kernel/instants'
import { type Text, text } from '@tiaoli/kernel/text'
import type { Database, Tx } from '../../foundations/database/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import type { Jobs } from '../../foundations/jobs/index.ts'
import type { Ledger } from '../../foundations/ledger/index.ts'
import type { Notices } from '../../foundations/notices/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { AgreementRules, Rulebook } from '../../foundations/rulebook/index.ts'
import type { Agreement, AgreementTask, TaskKind } from './agreement.model.ts'
import { holds, sees } from './agreement.policy.ts'
import { datesOf, measuresOf, textOf } from './agreement.rules.ts'
import { findAgreement } from './agreement.store.ts'
import { partiesOf } from './parties.ts'
import * as store from './task.store.ts'

/** Jobs about one task each: its date is near, its date has passed. */
export const taskDueJob = 'agreement.task-due'
export const taskMissedJob = 'agreement.task-missed'
const remindDaysBefore = 7

/** What has to be said when a task is filed; `optional` parts may be left out. */
export const taskContent: Readonly<Record<TaskKind, readonly { key: string; optional: boolean }[]>> = {
  feedback: [
    { key: 'use', optional: false },
    { key: 'results', optional: false },
    { key: 'problems', optional: true },
  ],
  measure: [{ key: 'evidence', optional: false }],
  disposal: [{ key: 'evidence', optional: false }],
}

export type AgreementTasks = ReturnType<typeof createAgreementTasks>

/** What a user of opened data owes under an agreement, with its dates. @article CQ-29.3-b CQ-29.3-d */
export function createAgreementTasks(deps: {
  readonly database: Database
  readonly rulebook: Rulebook
  readonly identity: Identity
  readonly ledger: Ledger
  readonly notices: Notices
  readonly jobs: Jobs
  readonly clock: Clock
}) {
  const { database, rulebook, identity, ledger, notices, jobs, clock } = deps
  const { db } = database
  const parties = partiesOf(identity)

  async function insert(tx: Tx, agreementId: string, kind: TaskKind, subject: string, dueOn: string | null) {
    const task = { id: newId(), agreementId, kind, subject, dueOn, openedAt: clock.now() }
    await store.insertTask(tx, task)
    if (dueOn === null) return
    const remindAt = startOfCivilDate(addDays(dueOn, -remindDaysBefore))
    if (remindAt > clock.now()) await jobs.file(tx, taskDueJob, task.id, remindAt)
    await jobs.file(tx, taskMissedJob, task.id, startOfCivilDate(addDays(dueOn, 1)))
  }

  /** The task with its agreement, where it is still to be filed. */
  async function openTask(tx: Tx, id: string) {
    const task = await store.findTask(tx, id)
    const agreement = task && (await findAgreement(tx, task.agreementId))
    return task === undefined || agreement === undefined || task.filedAt !== null
      ? undefined
      : { task, agreement }
  }

  const articleOf = (kind: TaskKind): string | null =>
    rulebook.rooms.opening?.agreement?.[articleFrom[kind]].article ?? null

  return {
    articleOf,

    /** Everything that is owed from the day of signing. */
    async open(tx: Tx, rules: AgreementRules, agreement: Agreement): Promise<void> {
      const { matters } = agreement
      for (const dueOn of datesOf(rules, matters).feedback)
        await insert(tx, agreement.id, 'feedback', textOf(matters[rules.feedback.key]), dueOn)
      for (const measure of measuresOf(textOf(matters[rules.measures.key])))
        await insert(tx, agreement.id, 'measure', measure, null)
    },

    openDisposal: (tx: Tx, agreement: Agreement, subject: string): Promise<void> =>
      insert(tx, agreement.id, 'disposal', subject, null),

    of: (agreementId: string): Promise<AgreementTask[]> => store.tasksOf(db, agreementId),

    listOpen: (session: Session, side: 'held' | 'concluded', limit: number): Promise<AgreementTask[]> =>
      store.openTasks(db, {
        side,
        limit,
        userId: session.user!.id,
        organisationId: session.user!.organisation?.id ?? null,
        today: civilDateOf(clock.now()),
      }),

    /** Takes what the user reports. A missed date stays marked: late is better than never, and still late. */
    async file(
      session: Session,
      id: string,
      given: Readonly<Record<string, string>>,
    ): Promise<AgreementTask> {
      await database.inTransaction(async (tx) => {
        const task = await store.findTask(tx, id)
        const agreement = task && (await findAgreement(tx, task.agreementId))
        if (
          task === undefined ||
          agreement === undefined ||
          !sees(session, agreement, identity.organisation(agreement.providerId))
        )
          throw new Problem('not-found')
        if (!holds(session, agreement))
          throw new Problem('not-allowed', {
            condition: text(
              '此项由使用数据的一方填报',
              'This is for whoever uses the data under the agreement',
            ),
          })
        const content = checked(task.kind, given, articleOf(task.kind))
        const { user } = session
        const record = await ledger.record(tx, {
          kind: 'agreement.task',
          userId: user!.id,
          organisationId: user!.organisation?.id ?? null,
          entryId: agreement.entryId,
          caseId: agreement.caseId,
          grantId: agreement.grantId,
          article: articleOf(task.kind),
          outcome: task.missedAt === null ? 'filed' : 'filed-late',
          payload: {
            number: agreement.number,
            task: task.kind,
            subject: task.subject,
            dueOn: task.dueOn,
            content,
          },
        })
        const filed = { at: clock.now(), by: user!.id, content, recordId: record.id }
        if (!(await store.writeFiled(tx, id, filed)))
          throw new Problem('act-not-available', {
            condition: text('此项此前已经填报', 'This was filed before'),
          })
        await notices.send(tx, await parties.authority(tx, agreement), {
          kind: 'agreement.task',
          title: text(
            `${titles[task.kind].zh}已填报：${agreement.number}`,
            `${titles[task.kind].en} filed: ${agreement.number}`,
          ),
          body: text(task.subject, task.subject),
          link: `/desk/agreements/${agreement.id}`,
        })
      })
      return (await store.findTask(db, id))!
    },

    async remind(id: string): Promise<void> {
      await database.inTransaction(async (tx) => {
        const open = await openTask(tx, id)
        if (open?.agreement.standing !== 'in-force') return
        const { task, agreement } = open
        await notices.send(tx, await parties.user(tx, agreement), {
          kind: 'agreement.task-due',
          title: text(
            `请于 ${task.dueOn} 前完成：${titles[task.kind].zh}`,
            `Due on ${task.dueOn}: ${titles[task.kind].en.toLowerCase()}`,
          ),
          body: text(`协议 ${agreement.number}。`, `Agreement ${agreement.number}.`),
          link: `/desk/agreements/${agreement.id}`,
        })
      })
    },

    /** The date has passed: the user is reminded, and the authority learns of it. */
    async markMissed(id: string): Promise<void> {
      await database.inTransaction(async (tx) => {
        const open = await openTask(tx, id)
        if (open === undefined || open.agreement.standing === 'ended') return
        const { task, agreement } = open
        if (!(await store.writeMissed(tx, id, clock.now()))) return
        await ledger.record(tx, {
          kind: 'agreement.task-missed',
          userId: null,
          organisationId: agreement.authorityId,
          entryId: agreement.entryId,
          caseId: agreement.caseId,
          grantId: agreement.grantId,
          article: articleOf(task.kind),
          outcome: 'missed',
          payload: { number: agreement.number, task: task.kind, dueOn: task.dueOn },
        })
        const told = [...(await parties.user(tx, agreement)), ...(await parties.authority(tx, agreement))]
        await notices.send(tx, told, {
          kind: 'agreement.task-missed',
          title: text(
            `${titles[task.kind].zh}逾期未报：${agreement.number}`,
            `${titles[task.kind].en} not filed in time: ${agreement.number}`,
          ),
          body: text(
            `约定日期为 ${task.dueOn}，至今未填报。`,
            `It was agreed for ${task.dueOn} and has not been filed.`,
          ),
          link: `/desk/agreements/${agreement.id}`,
        })
      })
    },
  }
}

const titles: Readonly<Record<TaskKind, Text>> = {
  feedback: text('数据使用情况反馈', 'Feedback on use'),
  measure: text('安全保障措施确认', 'Confirmation of a security measure'),
  disposal: text('数据处置', 'Disposal of the data'),
}

const articleFrom = {
  feedback: 'feedback',
  measure: 'measures',
  disposal: 'disposal',
} as const satisfies Record<TaskKind, keyof AgreementRules>

function checked(
  kind: TaskKind,
  given: Readonly<Record<string, string>>,
  article: string | null,
): Record<string, string> {
  const content: Record<string, string> = {}
  const errors: { path: string; message: Text }[] = []
  for (const { key, optional } of taskContent[kind]) {
    const value = given[key]?.trim() ?? ''
    if (value !== '') content[key] = value
    else if (!optional)
      errors.push({ path: `content.${key}`, message: text('尚未填写', 'This has not been filled in') })
  }
  if (errors.length > 0)
    throw new Problem('content-incomplete', {
      article: article ?? undefined,
      condition: errors[0]!.message,
      errors,
    })
  return content
}
