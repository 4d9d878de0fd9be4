import { createHandOvers, type HandOversDeps } from './hand-overs.service.ts'
import { createReplies, type RepliesDeps } from './replies.service.ts'
import { createTogether, type TogetherDeps } from './together.ts'

export type Desk = ReturnType<typeof createDesk>

/** What makes an officer's work lighter: replies that are kept, one act on several cases, cover while away. */
export const createDesk = (deps: RepliesDeps & HandOversDeps & TogetherDeps) => ({
  replies: createReplies(deps),
  handOvers: createHandOvers(deps),
  together: createTogether(deps),
})
