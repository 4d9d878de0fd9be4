import type { FastifyRequest } from 'fastify'
import type { Origin } from './account-events.ts'

/** From where a request came: address and program, as they are kept with sign-ins. */
export const originOf = (request: FastifyRequest): Origin => ({
  address: request.ip,
  agent: (request.headers['user-agent'] ?? '').slice(0, 300),
})
