import * as contract from '@tiaoli/contract/duties'
import {
  isText,
  listOf,
  type Mount,
  readCursor,
  smallFileOf,
  writeCursor,
} from '../../foundations/http/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { orderOf } from './duties.rules.ts'
import type { Duties } from './duties.service.ts'
import { dueOf, presentDuty, presentSummary, stateOf } from './duties.view.ts'

export function mountDuties(
  mount: Mount,
  { duties, identity }: { readonly duties: Duties; readonly identity: Identity },
): void {
  async function show(session: Session, obligationId: string) {
    const found = await duties.get(session, obligationId)
    const papers = await duties.papers(session, found)
    const users = await identity.userNames([
      ...new Set([...papers.evidence, ...papers.history].map(({ userId }) => userId)),
    ])
    return presentDuty(session, found, papers, {
      organisation: identity.organisation,
      user: (id) => users.get(id) ?? '',
    })
  }

  mount(contract.listDuties, async ({ query, session }) => {
    const every = (await duties.list(session, query.box)).map((found) => ({ found, state: stateOf(found) }))
    const ordered = every
      .filter(({ state }) => query.state === undefined || state === query.state)
      // The sort is stable: within a state and a date the order of the articles stays.
      .sort((a, b) => orderOf(a.state) - orderOf(b.state) || dueOf(a.found).localeCompare(dueOf(b.found)))
    const list = listOf('duties', [query.box, query.state])
    const after = readCursor(list, query.cursor, isText)
    const from = after === undefined ? 0 : ordered.findIndex(({ found }) => found.duty.id === after) + 1
    if (after !== undefined && from === 0) throw new Problem('bad-cursor')
    const page = ordered.slice(from, from + query.limit)
    const count = (state: (typeof contract.dutyStates)[number]) =>
      every.filter((each) => each.state === state).length
    return {
      items: page.map(({ found }) => presentSummary(found)),
      nextCursor: ordered.length > from + query.limit ? writeCursor(list, page.at(-1)!.found.duty.id) : null,
      counts: {
        late: count('late'),
        'due-soon': count('due-soon'),
        open: count('open'),
        'on-file': count('on-file'),
      },
    }
  })
  mount(contract.getDuty, ({ params, session }) => show(session, params.obligation))
  mount(contract.assignDuty, async ({ params, body, session }) => {
    await duties.assign(session, params.obligation, body.organisationIds, body.note)
    return show(session, params.obligation)
  })
  mount(contract.setDutyTarget, async ({ params, body, session }) => {
    await duties.setTarget(session, params.obligation, body)
    return show(session, params.obligation)
  })
  mount(contract.endDutyTarget, async ({ params, session }) => {
    await duties.endTarget(session, params.obligation)
    return show(session, params.obligation)
  })
  mount(contract.addDutyEvidence, async ({ params, query, session, request }) => {
    const found = await duties.requireFiler(session, params.obligation)
    const { fileName, bytes } = await smallFileOf(request, query.filename, contract.largestEvidenceBytes)
    await duties.file(session, found, { fileName, note: query.note, bytes })
    return show(session, params.obligation)
  })
  mount(contract.getDutyEvidence, async ({ params, session, reply }) => {
    const { evidence, bytes } = await duties.evidence(session, params.obligation, params.evidenceId)
    // A file that somebody uploaded is handed out to be kept, never to be run on our pages.
    reply.header(
      'content-disposition',
      `attachment; filename="evidence"; filename*=UTF-8''${encodeURIComponent(evidence.fileName)}`,
    )
    return reply.type('application/octet-stream').send(bytes)
  })
}
