import fastify from 'fastify'
import pg from 'pg'
import { bringIn, companyFile, publishEntry, unconditional } from '../scenarios/kit/acts.ts'
import { openCity } from '../scenarios/kit/city.ts'
import { syntheticCreditCode } from '../scenarios/kit/synthetic.ts'

/**
 * The servers under measurement, in a process of their own on one PostgreSQL: the whole house with a shared entry, and
 * a bare handler with one indexed select over the same rows, in the two ways in which pg can be asked: with a query and
 * its parameters, and with a statement that the connection prepares once.
 */
const url = process.argv[2]!
const companies = Number(process.argv[3])

const codes = Array.from({ length: companies }, (_, index) => syntheticCreditCode(index))
const city = await openCity('chongqing', { databaseUrl: url, limitFactor: 10_000 })
city.at(new Date().toISOString())
// Freely shared, so that personal fields leave masked in part.
const entryId = await publishEntry(city, { sharing: unconditional })
const batch = await bringIn(city, entryId, companyFile(codes))
if (batch.state !== 'live') throw new Error(`the rows were not taken in: ${JSON.stringify(batch.failure)}`)
const { body: key } = await city.user.post('/api/v1/api-keys', { name: 'bench' })
city.house.ledger.start()
const house = await city.house.app.listen({ host: '127.0.0.1', port: 0 })

const pool = new pg.Pool({ connectionString: url, max: 20 })
await pool.query(
  'create table company (code text primary key, name text, capital numeric, person text, phone text)',
)
await pool.query(
  `insert into company select code, '示例企业' || n, n * 10.5, '示例人' || n, '138' || n from unnest($1::text[]) with ordinality as c(code, n)`,
  [codes],
)
await pool.query('analyze company')
const server = fastify()
const select = 'select code, name, capital, person, phone from company where code = $1'
type Named = { Params: { code: string } }
server.get<Named>('/bare/:code', async (request) => {
  const { rows } = await pool.query(select, [request.params.code])
  return { row: rows[0] ?? null }
})
server.get<Named>('/prepared/:code', async (request) => {
  const { rows } = await pool.query({ name: 'company', text: select, values: [request.params.code] })
  return { row: rows[0] ?? null }
})
const bare = await server.listen({ host: '127.0.0.1', port: 0 })

process.send!({
  bare: `${bare}/bare/`,
  prepared: `${bare}/prepared/`,
  house: `${house}/api/v1/entries/${entryId}/rows/`,
  key: key.key,
})
