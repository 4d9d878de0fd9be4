import * as contract from '@tiaoli/contract/desk'
import type { Mount } from '../../foundations/http/index.ts'
import type { Desk } from './desk.ts'

export function mountDesk(mount: Mount, { replies, handOvers, together }: Desk): void {
  mount(contract.listSavedReplies, ({ query, session }) => replies.list(session, query.procedure))
  mount(contract.keepReply, async ({ body, session }) => {
    await replies.keep(session, body)
    return replies.list(session)
  })
  mount(contract.changeReply, async ({ params, body, session }) => {
    await replies.change(session, params.replyId, body)
    return replies.list(session)
  })
  mount(contract.removeReply, async ({ params, session }) => {
    await replies.remove(session, params.replyId)
    return replies.list(session)
  })
  mount(contract.actTogether, ({ body, session, language }) => together(session, language, body))
  mount(contract.listHandOvers, ({ session }) => handOvers.list(session))
  mount(contract.handOver, async ({ body, session }) => {
    await handOvers.make(session, body)
    return handOvers.list(session)
  })
  mount(contract.endHandOver, async ({ params, session }) => {
    await handOvers.end(session, params.handOverId)
    return handOvers.list(session)
  })
}
