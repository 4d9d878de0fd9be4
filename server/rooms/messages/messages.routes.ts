import * as contract from '@tiaoli/contract/messages'
import type { Cases } from '../../foundations/cases/index.ts'
import { actorOf, type Casework, takesPart } from '../../foundations/casework/index.ts'
import type { Mount } from '../../foundations/http/index.ts'
import type { Identity, Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { procedureOf, type Rulebook } from '../../foundations/rulebook/index.ts'
import { dueCalendar, dueDatesOf } from './due-calendar.ts'
import type { Messages } from './messages.ts'

export type MessageRoutesDeps = {
  readonly messages: Messages
  readonly cases: Cases
  readonly casework: Casework
  readonly identity: Identity
  readonly rulebook: Rulebook
  readonly publicUrl: string
  readonly now: () => Date
}

/** Far more than anybody looks at in a calendar: those that fall due first. */
const mostDates = 1_000

export function mountMessages(mount: Mount, deps: MessageRoutesDeps): void {
  const { messages, cases, casework, identity, rulebook, publicUrl, now } = deps
  const { channels } = messages

  async function waitingFor(session: Session) {
    const found = []
    let cursor: string | undefined
    do {
      const page = await cases.list({
        box: 'inbox',
        actor: actorOf(session),
        limit: 200,
        ...(cursor === undefined ? {} : { cursor }),
      })
      if (!page.ok) throw new Problem('internal', {}, page.refusal)
      found.push(...(await casework.presentSummaries(session, page.value.cases)))
      cursor = page.value.nextCursor ?? undefined
    } while (cursor !== undefined && found.length < mostDates)
    return found
  }

  mount(contract.getChannels, ({ session }) => channels.show(session))
  mount(contract.makeFeed, async ({ session }) => {
    const secret = await channels.makeFeed(session)
    const address = `${publicUrl}/api/v1/calendar-feeds/${secret}/due.ics`
    return { ...(await channels.show(session)), address }
  })
  mount(contract.revokeFeed, async ({ session }) => {
    await channels.endFeed(session)
    return channels.show(session)
  })
  mount(contract.getFeed, async ({ params, language, reply }) => {
    const userId = await channels.userOfFeed(params.secret)
    const user = userId === undefined ? undefined : await identity.user(userId)
    if (user === undefined) throw new Problem('not-found')
    const session: Session = { user, apiKeyId: null, keyGrantId: null }
    const waiting = takesPart(session) ? await waitingFor(session) : []
    const titleOf = (procedure: string, clock: string) =>
      procedureOf(rulebook, procedure)?.clocks.find(({ key }) => key === clock)?.title
    const calendar = dueCalendar(dueDatesOf(waiting, titleOf), {
      name: language === 'zh' ? `${rulebook.city.zh}办件到期` : `${rulebook.city.en}: due dates`,
      language,
      publicUrl,
      host: new URL(publicUrl).host,
      now: now(),
    })
    return reply
      .type('text/calendar; charset=utf-8')
      .header('cache-control', 'private, no-store')
      .header('content-disposition', 'attachment; filename="due.ics"')
      .send(calendar)
  })
  mount(contract.setMail, async ({ body, session }) => {
    await channels.setMail(session, body.address)
    return channels.show(session)
  })
  mount(contract.confirmMail, async ({ body, session }) => {
    await channels.confirmMail(session, body.code)
    return channels.show(session)
  })
  mount(contract.stopMail, async ({ session }) => {
    await channels.stopMail(session)
    return channels.show(session)
  })
  mount(contract.addHook, async ({ body, session }) => {
    const secret = await channels.addHook(session, body.url)
    return { ...(await channels.show(session)), secret }
  })
  mount(contract.removeHook, async ({ params, session }) => {
    await channels.removeHook(session, params.hookId)
    return channels.show(session)
  })
}
