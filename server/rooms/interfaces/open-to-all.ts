import type { FastifyReply } from 'fastify'

/** Marks an answer as what it is: the same for everybody, and so for pages of other sites too. */
export const openToAll = (reply: FastifyReply, mediaType: string): FastifyReply =>
  reply.headers({
    'access-control-allow-origin': '*',
    'cache-control': 'public, max-age=60',
    'content-type': mediaType,
  })
