import * as contract from '@tiaoli/contract/people'
import { text } from '@tiaoli/kernel/text'
import type { FastifyRequest } from 'fastify'
import { isIdText, isText, listOf, type Mount, readCursor, writeCursor } from '../foundations/http/index.ts'
import {
  type Identity,
  originOf,
  overseesCity,
  type PersonView,
  type Session,
} from '../foundations/identity/index.ts'
import { Problem } from '../foundations/problems/index.ts'
import { presentEvents } from './account-events.view.ts'

/** Routes by which administrators look after the accounts of others, and the audit of accounts. */
export function mountPeople(mount: Mount, identity: Identity): void {
  const { people, setting } = identity

  function present(person: PersonView) {
    const body = person.organisationId === null ? undefined : identity.organisation(person.organisationId)
    return {
      id: person.id,
      username: person.username,
      name: person.name,
      organisation: body ? { id: body.id, name: body.name } : null,
      powers: [...person.powers],
      closedAt: person.closedAt?.toISOString() ?? null,
      secondFactor: person.secondFactor,
      lastSignInAt: person.lastSignInAt?.toISOString() ?? null,
      lockedUntil: person.lockedUntil?.toISOString() ?? null,
    }
  }
  const ordered = (session: Session, request: FastifyRequest, reasons: string) => ({
    by: session.user!,
    reasons,
    origin: originOf(request),
  })

  mount(contract.listPeople, async ({ query }) => {
    const list = listOf('people', [query.organisation, query.q])
    const found = await people.list({
      organisationId: query.organisation,
      words: query.q,
      after: readCursor(list, query.cursor, isText),
      limit: query.limit + 1,
    })
    const page = found.slice(0, query.limit)
    return {
      items: page.map(present),
      nextCursor: found.length > query.limit ? writeCursor(list, page.at(-1)!.username) : null,
    }
  })
  mount(contract.makePerson, async ({ body, session, request }) => {
    const { person, password } = await people.make(body, ordered(session, request, ''))
    return { person: present(person), password }
  })
  mount(contract.assignPowers, async ({ params, body, session, request }) => {
    const powers = [...new Set(body.powers)]
    return present(await people.assign(params.userId, powers, ordered(session, request, body.reasons)))
  })
  mount(contract.actOnPerson, async ({ params, body, session, request }) => {
    const { person, password } = await people.act(
      params.userId,
      params.act,
      ordered(session, request, body.reasons),
    )
    return { person: present(person), password }
  })
  mount(contract.getSignInSetting, async () => ({ secondFactorFor: [...(await setting.secondFactorFor())] }))
  mount(contract.setSignInSetting, async ({ body, session, request }) => {
    await setting.set([...new Set(body.secondFactorFor)], session.user!, originOf(request))
    return { secondFactorFor: [...(await setting.secondFactorFor())] }
  })
  mount(contract.listAccountEvents, async ({ query, session }) => {
    if (!overseesCity(session, 'admin', 'supervisor'))
      throw new Problem('not-allowed', {
        condition: text(
          '账号审计由市级数据主管部门的系统管理员和监督人员查阅',
          'The audit of accounts is for administrators and supervisors at the data authority of the city',
        ),
        remedy: text('本人的记录请在“本人账号”中查看。', 'Your own is under “My account”.'),
      })
    const list = listOf('account-events', [query.person, query.kind, query.from, query.until])
    const found = await identity.account.events({
      userId: query.person,
      kind: query.kind,
      from: query.from === undefined ? undefined : new Date(query.from),
      until: query.until === undefined ? undefined : new Date(query.until),
      before: readCursor(list, query.cursor, isIdText),
      limit: query.limit + 1,
    })
    const page = found.slice(0, query.limit)
    return {
      items: await presentEvents(identity, page),
      nextCursor: found.length > query.limit ? writeCursor(list, page.at(-1)!.id) : null,
    }
  })
}
