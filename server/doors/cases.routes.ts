import type { Case } from '@tiaoli/contract/cases'
import * as contract from '@tiaoli/contract/cases'
import { previewOpening } from '@tiaoli/contract/openings'
import { text } from '@tiaoli/kernel/text'
import type { CaseState, Cases } from '../foundations/cases/index.ts'
import {
  actorOf,
  type Casework,
  caseProblem,
  documentOf,
  requirePower,
  requireSeen,
  stranger,
  supervisedBy,
  takesPart,
} from '../foundations/casework/index.ts'
import { isText, listOf, type Mount, readCursor, writeCursor } from '../foundations/http/index.ts'
import type { Identity, Session } from '../foundations/identity/index.ts'
import { Problem } from '../foundations/problems/index.ts'
import { type Procedure, procedureOf, type Rulebook } from '../foundations/rulebook/index.ts'
import type { Catalogue, Entry } from '../rooms/catalogue/index.ts'
import type { Figures } from '../rooms/figures/index.ts'
import { presentRequest } from '../rooms/sharing/index.ts'
import type { ActOnCaseAtTheDoor } from './case-acts.ts'
import type { ProceduresAtTheDoor } from './procedures-at-the-door.ts'

export type CaseRoutesDeps = {
  readonly procedures: ProceduresAtTheDoor
  readonly catalogue: Catalogue
  readonly cases: Cases
  readonly casework: Casework
  readonly identity: Identity
  readonly rulebook: Rulebook
  readonly figures: Figures
  /** What is known of a case beside its procedure: conditions, questions, and how its applicant is known. */
  readonly caseExtras: (state: CaseState) => Promise<CaseExtras>
  readonly actOnCase: ActOnCaseAtTheDoor
}

export type CaseExtras = Pick<Case, 'requirements' | 'leastData' | 'registration' | 'renewal'>

/** The door to every formal procedure: opening, looking, acting. It knows no procedure by name. */
export function mountCases(
  mount: Mount,
  {
    procedures,
    catalogue,
    cases,
    casework,
    figures,
    identity,
    rulebook,
    actOnCase,
    caseExtras,
  }: CaseRoutesDeps,
): void {
  async function show(session: Session, caseId: string) {
    const view = await requireSeen({ cases, identity }, session, caseId)
    return { ...(await casework.presentCase(session, view)), ...(await caseExtras(view.state)) }
  }

  /** The entry that the case would be about, where the procedure is about one. */
  async function entryFor(
    session: Session,
    { about }: Procedure,
    entryId: string | null | undefined,
  ): Promise<Entry | null> {
    if (about === 'matter') return null
    if (entryId == null)
      throw new Problem('not-found', { condition: text('未写明目录条目', 'No entry is named') })
    return catalogue.requireEntry(session, entryId)
  }

  mount(previewOpening, async ({ params, query, session }) => {
    const procedure = procedureOf(rulebook, params.procedure)
    if (procedure === undefined) throw new Problem('not-found')
    const entry = await entryFor(session, procedure, query.entry)
    const opener = session.user ? actorOf(session) : stranger
    const preview = await cases.preview({ procedure: procedure.key, entryId: entry?.id ?? null, opener })
    return presentRequest(rulebook, entry, procedure, preview, identity.organisation)
  })

  mount(contract.openCase, async ({ body, session }) => {
    const procedure = procedureOf(rulebook, body.procedure)
    if (procedure === undefined || !procedures.isOpenHere(procedure.key)) throw new Problem('not-found')
    const entry = await entryFor(session, procedure, body.entryId)
    if (entry !== null) {
      procedures.beforeOpening(procedure, entry)
      if (!entry.published) throw notPublished()
    }
    const opener = Object.values(procedure.roles).find((binding) => binding.from === 'opener')
    if (opener !== undefined) requirePower(session, opener)
    const opened = await cases.open({
      procedure: procedure.key,
      entryId: entry?.id ?? null,
      actor: actorOf(session),
      content: body.content,
    })
    if (!opened.ok) throw caseProblem(opened.refusal)
    return show(session, opened.value.id)
  })

  mount(contract.listCases, async ({ query, session }) => {
    const { box, procedure, entry, open, figure, by, organisation, from, until, basis } = query
    const list = listOf('cases', [
      ...[box, procedure, entry, open],
      ...[figure, by, organisation, from, until, basis],
    ])
    const cursor = readCursor(list, query.cursor, isText)
    if (box === 'inbox' && !takesPart(session)) return { items: [], nextCursor: null }
    const area = supervisedBy(identity, session)
    const listed = await cases.list({
      box: box === 'all' && area === undefined ? 'involved' : box,
      ...(box === 'all' && area != null ? { organisationIds: area } : {}),
      actor: actorOf(session),
      limit: query.limit,
      ...(cursor === undefined ? {} : { cursor }),
      ...(procedure === undefined ? {} : { procedure }),
      ...(entry === undefined ? {} : { entryId: entry }),
      ...(open === undefined ? {} : { open }),
      ...(figure === undefined
        ? {}
        : {
            counted: {
              ...figures.scopeOf(session, query).scope,
              key: figure,
              ...(basis === undefined ? {} : { basisRank: basis }),
            },
          }),
    })
    if (!listed.ok) throw caseProblem(listed.refusal)
    return {
      items: await casework.presentSummaries(session, listed.value.cases),
      nextCursor: listed.value.nextCursor && writeCursor(list, listed.value.nextCursor),
    }
  })

  mount(contract.getCase, ({ params, session }) => show(session, params.caseId))

  mount(contract.getCaseDocument, async ({ params, session, reply }) => {
    const found = await show(session, params.caseId)
    const event = found.events.find(({ sequence }) => sequence === params.sequence)
    if (event === undefined) throw new Problem('not-found')
    return reply
      .type('text/html; charset=utf-8')
      .header('content-disposition', `attachment; filename="${found.number}-${event.sequence}.html"`)
      .send(documentOf(found, event, rulebook.regulation))
  })

  mount(contract.actOnCase, async ({ params, body, session }) => {
    await actOnCase(session, { caseId: params.caseId, act: params.act, ...body })
    return show(session, params.caseId)
  })
}

const notPublished = (): Problem =>
  new Problem('act-not-available', {
    condition: text('该条目尚未发布或者已经撤下', 'The entry is not published, or no longer'),
    remedy: text('请就已发布的条目提出。', 'Choose an entry that is published.'),
  })
