import * as contract from '@tiaoli/contract/registration-contests'
import { isIdText, listOf, type Mount, readCursor, writeCursor } from '../../foundations/http/index.ts'
import { type Identity, originOf } from '../../foundations/identity/index.ts'
import type { Contests } from './contests.service.ts'
import type { KeptContest } from './contests.store.ts'
import type { Registration } from './registration.service.ts'

export function mountContests(
  mount: Mount,
  contests: Contests,
  { registration, identity }: { readonly registration: Registration; readonly identity: Identity },
): void {
  const list = listOf('registration-contests', [])
  const decisionOf = ({ outcome, reasons, decidedAt }: KeptContest) =>
    outcome === null ? null : { outcome, reasons: reasons ?? '', at: decidedAt!.toISOString() }

  async function present(contest: KeptContest) {
    const { userId, organisationId } = contest
    const organisation = organisationId === null ? undefined : identity.organisation(organisationId)
    const registered = await registration.find({ userId, organisationId })
    return {
      id: contest.id,
      kind: contest.kind,
      filedAt: contest.filedAt.toISOString(),
      name: contest.name,
      contact: contest.contact,
      statement: contest.statement,
      contested: {
        person: { id: userId, name: (await identity.userNames([userId])).get(userId) ?? '' },
        organisation: organisation ? { id: organisation.id, name: organisation.name } : null,
        registeredAt: registered!.registeredAt.toISOString(),
        checkedBy: registered!.checkedBy,
      },
      decision: decisionOf(contest),
    }
  }

  mount(contract.fileContest, async ({ body, session, request }) => {
    const { id, filedAt } = await contests.file(body, session, originOf(request))
    return { id, filedAt: filedAt.toISOString() }
  })
  mount(contract.getContest, async ({ params }) => {
    const contest = await contests.find(params.contestId)
    return { filedAt: contest.filedAt.toISOString(), decision: decisionOf(contest) }
  })
  mount(contract.listContests, async ({ query }) => {
    const found = await contests.list(readCursor(list, query.cursor, isIdText), query.limit + 1)
    const page = found.slice(0, query.limit)
    return {
      items: await Promise.all(page.map(present)),
      nextCursor: found.length > query.limit ? writeCursor(list, page.at(-1)!.id) : null,
    }
  })
  mount(contract.decideContest, async ({ params, body, session, request }) =>
    present(await contests.decide(session, params.contestId, body, originOf(request))),
  )
}
