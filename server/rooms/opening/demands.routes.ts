import * as contract from '@tiaoli/contract/demands'
import { text } from '@tiaoli/kernel/text'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import type { Catalogue } from '../catalogue/index.ts'
import type { Demand, DemandSearch } from './demand.store.ts'
import type { Demands } from './demands.ts'

export function mountDemands(
  mount: Mount,
  { demands, catalogue, identity }: { demands: Demands; catalogue: Catalogue; identity: Identity },
): void {
  const organisation = (id: string) => ({ id, name: identity.organisation(id)?.name ?? text(id, id) })

  async function show(session: Session, shown: readonly Demand[]) {
    const entries = await catalogue.findAll(
      shown.flatMap(({ answer }) => (answer?.entryId ? [answer.entryId] : [])),
    )
    return shown.map((demand) => {
      const entry = entries.find(({ id }) => id === demand.answer?.entryId)
      return {
        id: demand.id,
        title: demand.title,
        detail: demand.detail,
        addressee: demand.addresseeId === null ? null : organisation(demand.addresseeId),
        standing: demand.standing,
        backers: demand.backers,
        filedAt: demand.filedAt.toISOString(),
        answer: demand.answer && {
          kind: demand.answer.kind,
          text: demand.answer.text,
          entry: entry ? { id: entry.id, title: entry.content.title } : null,
          by: organisation(demand.answer.by),
          at: demand.answer.at.toISOString(),
        },
        backed: demand.backed,
        mayAnswer: demands.mayAnswer(session, demand),
        mayRefer: demands.mayRefer(session, demand),
      }
    })
  }
  const showOne = async (session: Session, demand: Demand) => (await show(session, [demand]))[0]!

  function searchFor(
    { user }: Session,
    box: string,
  ): Pick<DemandSearch, 'addresseeId' | 'orUnaddressed' | 'backedBy'> {
    if (box === 'mine') return { backedBy: user?.id ?? '' }
    if (box === 'to-answer')
      return {
        addresseeId: user?.organisation?.id ?? '',
        orUnaddressed: user?.powers.includes('officer') === true,
      }
    return {}
  }

  mount(contract.listDemands, async ({ query, session }) => {
    const offered = demands.rules !== undefined
    const list = listOf('demands', [query.box, query.standing])
    const before = readCursor(list, query.cursor, isIdText)
    const standing = query.box === 'to-answer' ? 'open' : query.standing
    const found = offered
      ? await demands.list(session, {
          ...searchFor(session, query.box),
          standing,
          before,
          limit: query.limit + 1,
        })
      : []
    const page = found.slice(0, query.limit)
    return {
      items: await show(session, page),
      nextCursor: found.length > query.limit ? writeCursor(list, page.at(-1)!.id) : null,
      offered,
      article: demands.rules?.article ?? null,
    }
  })
  mount(contract.fileDemand, async ({ body, session }) => showOne(session, await demands.file(session, body)))
  mount(contract.backDemand, async ({ params, session }) =>
    showOne(session, await demands.back(session, params.demandId)),
  )
  mount(contract.referDemand, async ({ params, body, session }) =>
    showOne(session, await demands.refer(session, params.demandId, body.organisation)),
  )
  mount(contract.answerDemand, async ({ params, body, session }) =>
    showOne(session, await demands.answer(session, params.demandId, body)),
  )
}
