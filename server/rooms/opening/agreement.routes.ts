import * as contract from '@tiaoli/contract/agreements'
import { civilDateOf, isCivilDate } from '@tiaoli/kernel/instants'
import { text } from '@tiaoli/kernel/text'
import type { Cases } from '../../foundations/cases/index.ts'
import { actorOf, presentField } from '../../foundations/casework/index.ts'
import { pdfOf } from '../../foundations/documents/index.ts'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { procedureOf, type Rulebook } from '../../foundations/rulebook/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { Agreement, AgreementModel, AgreementTask } from './agreement.model.ts'
import { agreementPaper } from './agreement.paper.ts'
import { draftMatters } from './agreement.rules.ts'
import type { Agreements } from './agreement.service.ts'
import { presentAgreement, presentSummary, presentTask, type Shown } from './agreement.view.ts'
import type { Corrections } from './corrections.ts'
import type { AgreementModels } from './model-texts.ts'
import type { AgreementTasks } from './tasks.service.ts'

export type AgreementRoutesDeps = {
  readonly agreements: Agreements
  readonly models: AgreementModels
  readonly tasks: AgreementTasks
  readonly corrections: Corrections
  readonly catalogue: Catalogue
  readonly cases: Cases
  readonly identity: Identity
  readonly rulebook: Rulebook
  readonly now: () => Date
}

export function mountAgreements(mount: Mount, deps: AgreementRoutesDeps): void {
  const { agreements, models, tasks, corrections, catalogue, cases, identity, rulebook, now } = deps
  const rules = rulebook.rooms.opening?.agreement

  /** What every view of agreements needs; where the regulation has none, there is nothing to be found. */
  async function shownTo(session: Session, found: readonly Agreement[]): Promise<Shown> {
    if (rules === undefined) throw new Problem('not-found')
    const entries = await catalogue.findAll(found.map((each) => each.entryId))
    const titles = new Map(entries.map((entry) => [entry.id, entry.content.title]))
    return { identity, rulebook, rules, session, entryTitle: (id) => titles.get(id) ?? '', now: now() }
  }

  const userNames = (found: readonly Agreement[]) =>
    identity.userNames(found.flatMap(({ userId }) => (userId === null ? [] : [userId])))

  async function show(session: Session, agreement: Agreement) {
    const shown = await shownTo(session, [agreement])
    const names = await userNames([agreement])
    const copies = await agreements.copiesOf([agreement])
    const model = agreement.modelVersion === null ? undefined : await models.find(agreement.modelVersion)
    return presentAgreement(
      shown,
      agreement,
      names.get(agreement.userId ?? '') ?? '',
      copies.get(agreement.id),
      await tasks.of(agreement.id),
      model,
      agreements.mayEnd(session, agreement),
      orderAsks(session),
    )
  }

  async function showTask(session: Session, task: AgreementTask) {
    const agreement = await agreements.requireAgreement(session, task.agreementId)
    return presentTask(await shownTo(session, [agreement]), agreement, task)
  }

  /** The questions of an order, for the officers of whoever may give one. */
  function orderAsks({ user }: Session) {
    const procedure = corrections.rules && procedureOf(rulebook, corrections.rules.procedure)
    const opener = Object.values(procedure?.roles ?? {}).find(({ from }) => from === 'opener')
    const roles = opener?.from === 'opener' ? (opener.holding?.roles ?? []) : []
    const may =
      user?.powers.includes('officer') && roles.some((role) => user.organisation?.roles.includes(role))
    const act = procedure?.acts.find(({ key }) => key === corrections.rules?.opens)
    return may && act ? act.content.map((field) => presentField(rulebook, field)) : []
  }

  const clauseTitles = () => {
    const act =
      rules && procedureOf(rulebook, rules.procedure)?.acts.find(({ key }) => key === rules.offeredBy)
    return (rules?.modelText.keys ?? []).map((key) => ({
      key,
      title: act?.content.find((field) => field.key === key)?.title ?? text(key, key),
    }))
  }
  const organisation = (id: string) => ({ id, name: identity.organisation(id)?.name ?? text(id, id) })
  const presentModel = (model: AgreementModel, inForce: AgreementModel | undefined) => ({
    version: model.version,
    inForceOn: model.inForceOn,
    inForce: model.version === inForce?.version,
    clauses: clauseTitles().map(({ key, title }) => ({ key, title, text: model.clauses[key] ?? '' })),
    bodies: model.bodies.map(organisation),
    keptBy: organisation(model.organisationId),
    note: model.note,
    madeAt: model.madeAt.toISOString(),
  })

  mount(contract.listAgreementModels, async ({ session }) => {
    const inForce = await models.inForce()
    return {
      items: (await models.list()).map((model) => presentModel(model, inForce)),
      asks: models.mayPublish(session) ? clauseTitles() : [],
    }
  })

  mount(contract.publishAgreementModel, async ({ body, session }) => {
    if (!isCivilDate(body.inForceOn) || body.inForceOn < civilDateOf(now()))
      throw new Problem('content-incomplete', {
        condition: text('启用日期不能早于今天', 'It cannot come into force in the past'),
        errors: [{ path: 'inForceOn', message: text('请选择今天或者以后的日期', 'Choose today or later') }],
      })
    const model = await models.publish(session, body)
    return presentModel(model, await models.inForce())
  })

  mount(contract.getCaseAgreement, async ({ params, session }) => {
    const actor = actorOf(session)
    const view = await cases.get(params.caseId, actor)
    if (view === undefined) throw new Problem('not-found')
    const agreement = rules && (await agreements.ofCase(params.caseId))
    const mayOffer = rules !== undefined && view.allowed.some(({ act }) => act === rules.offeredBy)
    const model = mayOffer ? await models.inForce() : undefined
    const offered = agreement?.standing === 'offered' ? agreement.matters : undefined
    return {
      draft: mayOffer
        ? {
            act: rules.offeredBy,
            content: { ...(offered ?? draftMatters(rules, view.state.opening, model)) },
            modelVersion: model?.version ?? null,
          }
        : null,
      agreement: agreement ? await show(session, agreement) : null,
    }
  })

  mount(contract.listAgreements, async ({ query, session }) => {
    const list = listOf('agreements', [query.box])
    const before = readCursor(list, query.cursor, isIdText)
    const found = await agreements.list(session, query.box, before, query.limit + 1)
    const page = found.slice(0, query.limit)
    if (page.length === 0) return { items: [], nextCursor: null }
    const shown = await shownTo(session, page)
    const names = await userNames(page)
    const copies = await agreements.copiesOf(page)
    const items = []
    for (const each of page)
      items.push(
        presentSummary(
          shown,
          each,
          names.get(each.userId ?? '') ?? '',
          copies.get(each.id),
          await tasks.of(each.id),
        ),
      )
    return {
      items,
      nextCursor: found.length > query.limit ? writeCursor(list, page.at(-1)!.id) : null,
    }
  })

  mount(contract.getAgreement, async ({ params, session }) => {
    const agreement = await agreements.requireAgreement(session, params.agreementId)
    await agreements.opened(session, agreement)
    return show(session, agreement)
  })

  mount(contract.getAgreementDocument, async ({ params, session, reply }) => {
    const agreement = await agreements.requireAgreement(session, params.agreementId)
    if (agreement.document === null) throw new Problem('not-found')
    reply.header('content-disposition', `attachment; filename="${agreement.number}.json"`)
    return reply.type('application/json; charset=utf-8').send(agreement.document)
  })

  mount(contract.getAgreementPaper, async ({ params, query, session, reply }) => {
    const agreement = await agreements.requireAgreement(session, params.agreementId)
    const paper = agreementPaper(await show(session, agreement), rulebook, query.language)
    return reply
      .type('application/pdf')
      .header('content-disposition', `attachment; filename="${agreement.number}.pdf"`)
      .send(await pdfOf(paper, session.user!.id))
  })
  mount(contract.getAgreementReceipts, async ({ params, session }) => {
    const agreement = await agreements.requireAgreement(session, params.agreementId)
    const { offeredRecordId, acceptedRecordId } = agreement
    const items = []
    for (const [side, recordId] of [
      ['authority', offeredRecordId],
      ['user', acceptedRecordId],
    ] as const)
      if (recordId !== null) items.push({ side, receipt: await agreements.receipt(recordId) })
    return { items }
  })

  mount(contract.endAgreement, async ({ params, body, session }) =>
    show(session, await agreements.end(session, params.agreementId, body)),
  )

  mount(contract.orderCorrection, async ({ params, body, session }) => {
    const { id, number } = await corrections.order(session, params.agreementId, body.content)
    return { caseId: id, number }
  })

  mount(contract.listAgreementTasks, async ({ query, session }) => {
    const open = await tasks.listOpen(session, query.side, query.limit)
    if (open.length === 0) return { items: [] }
    const found = await agreements.findAll(open.map(({ agreementId }) => agreementId))
    const shown = await shownTo(session, found)
    return {
      items: open.flatMap((task) => {
        const agreement = found.find(({ id }) => id === task.agreementId)
        return agreement === undefined ? [] : [presentTask(shown, agreement, task)]
      }),
    }
  })

  mount(contract.fileAgreementTask, async ({ params, body, session }) =>
    showTask(session, await tasks.file(session, params.taskId, body.content)),
  )
}
