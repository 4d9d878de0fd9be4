import { routes } from '@tiaoli/contract/index'
import type { Route } from '@tiaoli/contract/route'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBusyCity, rowsOnly, rowsOutside } from '../scenarios/kit/busy-city.ts'
import type { Caller } from '../scenarios/kit/caller.ts'
import { plausibleCall, type Subjects } from '../scenarios/kit/plausible.ts'
import { syntheticCreditCode } from '../scenarios/kit/synthetic.ts'

/** Routes that give rows out; each has to say so in the ledger before it does. */
const giveRows = ['listRows', 'getRow', 'aggregateRows', 'downloadRows', 'collectExport', 'getRefusedRows']
/** Routes on which a steward looks at the file that was just sent, before it is data of the platform. */
const showOwnFile = ['listBatches', 'getBatch']
const reads = routes.filter((route) => route.method === 'GET')

let city: Awaited<ReturnType<typeof openBusyCity>>
let subjects: Subjects
beforeAll(async () => {
  city = await openBusyCity({ granted: 'some' })
  const { entryId } = city.subjects
  const { body } = await city.user.post(`/api/v1/entries/${entryId}/exports`)
  await city.settle()
  subjects = { ...city.subjects, exportId: body.id }
})
afterAll(() => city.close())

const accesses = async (): Promise<number> => {
  const { records } = await city.house.ledger.find({ entryId: city.subjects.entryId, limit: 200 })
  return records.filter(({ kind }) => kind.startsWith('access.')).length
}

/**
 * Whether rows came out, whether rows did that the user's grant does not cover, and whether the ledger has a record of it
 * that was not there before.
 */
async function take(caller: Caller, route: Route, of: Subjects = subjects) {
  const before = await accesses()
  const { text } = await caller.get(plausibleCall(route, of).path)
  return {
    rows: text.includes(rowsOnly),
    outside: text.includes(rowsOutside),
    recorded: (await accesses()) > before,
  }
}

describe('rows', () => {
  it.each(reads.map((route) => [route.id, route] as const))(
    '%s: no rows without a record',
    async (id, route) => {
      for (const caller of [city.steward, city.user]) {
        const { rows, outside, recorded } = await take(caller, route)
        if (caller === city.user) expect(outside).toBe(false)
        const ofOne = id === 'collectExport' ? city.user : city.steward
        const lawful = caller === ofOne || !['collectExport', 'getRefusedRows', ...showOwnFile].includes(id)
        expect(rows).toBe(lawful && [...giveRows, ...showOwnFile].includes(id))
        if (giveRows.includes(id) && rows) expect(recorded).toBe(true)
      }
    },
  )

  it.each(reads.map((route) => [route.id, route] as const))(
    '%s: no rows without a ground',
    async (_id, route) => {
      for (const caller of [city.visitor, city.citizen, city.other, city.authority])
        expect((await take(caller, route)).rows).toBe(false)
    },
  )

  it('gives nobody a row by its key that the grant does not cover, and whoever provides it, gives it', async () => {
    const getRow = routes.find(({ id }) => id === 'getRow')!
    const key = syntheticCreditCode(5)
    expect(await take(city.user, getRow, { ...subjects, key })).toEqual({
      rows: false,
      outside: false,
      recorded: true,
    })
    expect(await take(city.steward, getRow, { ...subjects, key })).toMatchObject({ outside: true })
  })

  it('gives no rows in the answer to any act of somebody who has no ground', async () => {
    for (const route of routes.filter(({ method, id }) => method !== 'GET' && id !== 'signOut'))
      for (const caller of [city.visitor, city.other]) {
        const { path, payload } = plausibleCall(route, subjects)
        const { text } = await caller.send(route.method, path, payload)
        expect([route.id, text.includes(rowsOnly)]).toEqual([route.id, false])
      }
  })

  it('gives rows in the answer to an act of whoever has a ground only with a record, and never those of its own file', async () => {
    // Last of the walks, as it changes what it walks over: the grantee first, then the provider, who may end the grant.
    for (const caller of [city.user, city.steward])
      for (const route of routes.filter(({ method, id }) => method !== 'GET' && id !== 'signOut')) {
        const { path, payload } = plausibleCall(route, subjects)
        const before = await accesses()
        const { text } = await caller.send(route.method, path, payload)
        const unrecorded = text.includes(rowsOnly) && (await accesses()) === before
        expect([route.id, unrecorded]).toEqual([route.id, false])
      }
  })

  it('records a refusal of rows too', async () => {
    // The walk has had files made in the background, which are on record when they are done.
    await city.settle()
    const before = await accesses()
    expect((await city.other.get(`/api/v1/entries/${city.subjects.entryId}/rows`)).status).toBe(403)
    expect(await accesses()).toBe(before + 1)
  })
})
