import type { FastifyReply } from 'fastify'
import type { Ledger } from '../foundations/ledger/index.ts'
import { Problem } from '../foundations/problems/index.ts'

/** Sends a public file of the ledger to anybody, pages of other sites too. */
export async function sendPublicFile(
  ledger: Pick<Ledger, 'publicFile'>,
  reply: FastifyReply,
  path: string,
): Promise<FastifyReply> {
  const file = await ledger.publicFile(path)
  if (file === null) throw new Problem('not-found')
  reply.header('cache-control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache')
  reply.header('access-control-allow-origin', '*')
  return reply.type(file.contentType).send(Buffer.from(file.bytes))
}
