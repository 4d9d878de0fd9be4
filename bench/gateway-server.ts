import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@tiaoli/kernel/instants'
import { openDatabase } from '@tiaoli/server/foundations/database/index'
import { createGateway } from '@tiaoli/server/foundations/gateway/index'
import { createLedger, folderStorage, openSigningKey } from '@tiaoli/server/foundations/ledger/index'
import fastify from 'fastify'
import pg from 'pg'
import { benchCaller, benchFacts, benchUse, companyRow, memoryLake } from './gateway-world.ts'

/**
 * The server under measurement, a process of its own: `/bare/:code` is a handler with one indexed select,
 * `/gateway/:code` the same row through decision, mask and durable record. Same PostgreSQL, same framework.
 */
const url = process.argv[2]!
const rows = Number(process.argv[3])

const database = await openDatabase({ kind: 'server', url })
const folder = mkdtempSync(join(tmpdir(), 'tiaoli-bench-ledger-'))
const ledger = createLedger({
  database,
  storage: folderStorage(join(folder, 'log')),
  signingKey: await openSigningKey(join(folder, 'key.pem')),
  origin: 'bench.test/ledger',
  clock: systemClock,
})
ledger.start()
const gateway = createGateway({
  ledger,
  lake: memoryLake(
    new Map(Array.from({ length: rows }, (_, index) => [companyRow(index).code, companyRow(index)])),
  ),
  facts: benchFacts,
  use: benchUse,
  clock: systemClock,
})
const pool = new pg.Pool({ connectionString: url, max: 20 })

const server = fastify()
server.get<{ Params: { code: string } }>('/bare/:code', async (request) => {
  const { rows } = await pool.query({
    name: 'company',
    text: 'select code, name, legal_person, phone, staff, address from company where code = $1',
    values: [request.params.code],
  })
  return { row: rows[0] ?? null }
})
server.get<{ Params: { code: string } }>('/gateway/:code', async (request, reply) => {
  const answer = await gateway.row(benchCaller, 'entry', { code: request.params.code }, undefined, {})
  if (!answer.ok) return reply.status(403).send(answer.refusal)
  return { row: answer.value.value, record: answer.value.recordId }
})
process.send!(await server.listen({ host: '127.0.0.1', port: 0 }))
