import { systemClock } from '@tiaoli/kernel/instants'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { LakeError } from '../lake/index.ts'
import type { Row } from '../lake/lake.types.ts'
import { LedgerError, type RecordInput } from '../ledger/index.ts'
import { type Allowance, createAllowance } from './allowance.ts'
import { createFactsCache } from './facts-cache.ts'
import { createGateway, type EntryFacts, type Gateway, type GrantFacts, type RowReader } from './index.ts'
import {
  department,
  entry,
  freelyOpen,
  freelyShared,
  grant,
  provider,
  thePublic,
  useRules,
} from './test-facts.ts'

const rows: readonly Row[] = [
  { name: '示例企业甲', code: 'A1', staff: 12, phone: '13800000000', bornOn: '1990-03-07', illness: '无' },
  { name: '示例企业乙', code: 'B2', staff: 7, phone: '13800000001', bornOn: '1985-01-02', illness: '有' },
]

const live = { ...grant, validUntil: null }

describe('gateway', () => {
  /** What stands in the database, and what this node is told of it. */
  let world: { entry: EntryFacts; grants: readonly GrantFacts[]; epoch: number }
  let written: RecordInput[]
  let reads: number
  let beforeWrite: (() => void) | undefined
  let gateway: Gateway
  let unfit: boolean
  let broken: boolean
  /** Marks of files that were handed over. */
  let handed: Set<string>

  const change = (part: Partial<typeof world>) => {
    world = { ...world, ...part, epoch: world.epoch + 1 }
  }

  const reader: RowReader = {
    snapshotId: 'snapshot',
    fieldNames: entry.fields.map((field) => field.name),
    typeOf: (name) => entry.fields.find((field) => field.name === name)?.type,
    keyFields: ['code'],
    rowByKey: async (key) => {
      reads++
      return rows.find((row) => row.code === key.code) ?? null
    },
    page: async ({ limit }) => {
      if (broken) throw new Error('disk full')
      reads++
      return { rows: rows.slice(0, limit), nextCursor: null, total: rows.length }
    },
    aggregate: async () => {
      reads++
      return [{ count: rows.length }]
    },
    checkSelection: () => {
      if (unfit) throw new LakeError('bad-filter')
    },
    export: async ({ transform }) => {
      if (broken) throw new Error('disk full')
      reads++
      let written = 0
      async function* lines() {
        for (const row of rows) {
          written++
          yield Buffer.from(`${JSON.stringify(transform ? transform(row) : row)}\n`)
        }
      }
      return {
        stream: lines(),
        contentType: 'application/x-ndjson',
        fileExtension: 'ndjson',
        rowsForeseen: rows.length,
        rowsWritten: () => written,
      }
    },
  }

  beforeEach(() => {
    world = { entry, grants: [], epoch: 1 }
    written = []
    reads = 0
    beforeWrite = undefined
    unfit = broken = false
    handed = new Set()
    gateway = gatewayWith(undefined)
  })

  const gatewayWith = (allowance: Allowance | undefined) =>
    createGateway({
      allowance,
      pseudonymSecret: 'for tests',
      ledger: {
        append: async (input) => {
          beforeWrite?.()
          written.push(input)
          return { id: `record-${written.length}`, at: '2026-10-14T01:30:00.000Z', epoch: world.epoch }
        },
        epoch: async () => world.epoch,
      },
      lake: { readerFor: async () => reader },
      facts: {
        entryFacts: async (id) => (id === world.entry.id ? world.entry : undefined),
        grantsOf: async () => world.grants,
      },
      use: useRules,
      clock: systemClock,
      deliveries: {
        begun: async ({ mark }) => void handed.add(mark),
        ended: async () => undefined,
        dropped: async (mark) => void handed.delete(mark),
      },
    })

  const row = (caller = department, wanted?: string[]) =>
    gateway.row(caller, 'entry', { code: 'A1' }, wanted, {})

  it('answers a row under its masks and records who saw what', async () => {
    change({ entry: freelyShared })
    const answer = await row(department, ['name', 'phone'])
    expect(answer).toMatchObject({
      ok: true,
      value: {
        value: { name: '示例企业甲', phone: '138****0000' },
        snapshotId: 'snapshot',
        recordId: 'record-1',
      },
    })
    expect(written).toMatchObject([
      {
        kind: 'access.rows',
        organisationId: 'department',
        article: 'XX-24',
        outcome: 'answered',
        payload: { basis: 'shared', fields: ['name', 'phone'], masks: { phone: 'partial' }, rows: 1 },
      },
    ])
  })

  it('records a refusal and reads nothing for it', async () => {
    expect(await row()).toMatchObject({
      ok: false,
      refusal: { code: 'sharing-needs-application' },
      recordId: 'record-1',
    })
    expect(await gateway.row(thePublic, 'nowhere', { code: 'A1' }, undefined, {})).toMatchObject({
      refusal: { code: 'entry-not-available' },
    })
    expect(written.map((record) => record.outcome)).toEqual([
      'sharing-needs-application',
      'entry-not-available',
    ])
    expect(reads).toBe(0)
  })

  it('gives nothing when the record cannot be written', async () => {
    beforeWrite = () => {
      throw new LedgerError('ledger-failed', 'disk full')
    }
    await expect(row(provider)).rejects.toMatchObject({ code: 'gateway-unavailable', status: 503 })
    await expect(row(thePublic)).rejects.toMatchObject({ code: 'gateway-unavailable' })
  })

  it('gives nothing when what was decided on cannot be kept', async () => {
    const keeper = { keep: () => Promise.reject(new Error('disk full')), find: async () => undefined }
    const facts = { entryFacts: async () => entry, grantsOf: async () => [] }
    const cache = createFactsCache(facts, async () => 1, keeper)
    await expect(cache.get({ userId: 'user', organisationId: null }, 'entry')).rejects.toMatchObject({
      code: 'gateway-unavailable',
      status: 503,
    })
  })

  it('refuses on the very next call what another node has revoked', async () => {
    change({ grants: [live] })
    expect(await row(department, ['name'])).toMatchObject({ refusal: { code: 'outside-scope' } })
    expect(await gateway.page(department, 'entry', page(), {})).toMatchObject({ ok: true })
    change({ grants: [{ ...live, revokedAt: '2026-10-14T01:00:00.000Z' }] })
    expect(await gateway.page(department, 'entry', page(), {})).toMatchObject({
      ok: false,
      refusal: { code: 'grant-revoked' },
    })
    // The record that was written on old facts stays, and the one that counts says so.
    expect(written.at(-1)).toMatchObject({ kind: 'access.refused', payload: { supersedes: 'record-3' } })
  })

  it('grants on the very next call what another node has granted', async () => {
    expect(await gateway.page(department, 'entry', page(), {})).toMatchObject({ ok: false })
    change({ grants: [live] })
    expect(await gateway.page(department, 'entry', page(), {})).toMatchObject({ ok: true })
  })

  it('answers without a second record when what changed was something else', async () => {
    change({ entry: freelyOpen })
    await row(thePublic)
    change({})
    expect(await row(thePublic)).toMatchObject({ ok: true })
    expect(written).toHaveLength(2)
  })

  it('gives up on a call whose ground never holds still', async () => {
    let free = false
    beforeWrite = () => {
      free = !free
      change({ entry: free ? freelyOpen : entry })
    }
    await expect(gateway.page(thePublic, 'entry', page(), {})).rejects.toMatchObject({
      code: 'gateway-unsettled',
    })
  })

  it('refuses a look-up by half a key, or by a field that is masked', async () => {
    expect(await gateway.row(provider, 'entry', { name: '示例企业甲' }, undefined, {})).toMatchObject({
      refusal: { code: 'key-not-given', paths: ['code'] },
    })
    change({ entry: freelyShared })
    expect(await gateway.row(department, 'entry', { phone: '13800000000' }, ['name'], {})).toMatchObject({
      refusal: { code: 'fields-masked', paths: ['phone'] },
    })
    expect(reads).toBe(0)
  })

  it.each<[string, () => Promise<unknown>]>([
    ['filter', () => gateway.page(department, 'entry', { ...page(), filters: [filter('phone')] }, {})],
    [
      'sort',
      () =>
        gateway.page(department, 'entry', { ...page(), sort: [{ field: 'phone', descending: false }] }, {}),
    ],
    ['group', () => gateway.aggregate(department, 'entry', { ...count, groupBy: [{ field: 'phone' }] }, {})],
    [
      'measure',
      () =>
        gateway.aggregate(
          department,
          'entry',
          { ...count, measures: [{ operation: 'max', field: 'phone' }] },
          {},
        ),
    ],
    [
      'export filter',
      () => gateway.export(department, 'entry', { ...file(), filters: [filter('phone')] }, {}),
    ],
  ])('refuses to %s by a masked field', async (_, ask) => {
    change({ entry: freelyShared })
    expect(await ask()).toMatchObject({ ok: false, refusal: { code: 'fields-masked', paths: ['phone'] } })
    expect(reads).toBe(0)
  })

  it('counts', async () => {
    change({ entry: freelyOpen })
    expect(await gateway.aggregate(thePublic, 'entry', count, {})).toMatchObject({
      ok: true,
      value: { value: [{ count: 2 }] },
    })
  })

  it('records an export before its first byte and again at its end', async () => {
    change({ entry: freelyShared })
    const answer = await gateway.export(department, 'entry', file(), {})
    expect(written).toMatchObject([{ kind: 'access.export', outcome: 'begun', payload: { rows: null } }])
    if (!answer.ok) throw new Error('refused')
    let text = ''
    for await (const bytes of answer.value.value.stream) text += Buffer.from(bytes).toString()
    expect(text).toContain('138****0000')
    expect(text).not.toContain('13800000000')
    expect(text).not.toContain('illness')
    expect(written[1]).toMatchObject({
      kind: 'access.exported',
      outcome: 'complete',
      payload: { begun: 'record-1', rows: 2 },
    })
  })

  it('records how far an export came that was given up', async () => {
    const answer = await gateway.export(provider, 'entry', file(), {})
    if (!answer.ok) throw new Error('refused')
    for await (const _ of answer.value.value.stream) break
    expect(written[1]).toMatchObject({ outcome: 'broken-off', payload: { rows: 1 } })
  })

  it('records no export that cannot be made, neither now nor in the background', async () => {
    change({ entry: freelyShared })
    unfit = true
    await expect(gateway.export(department, 'entry', file(), {})).rejects.toMatchObject({
      code: 'bad-filter',
    })
    await expect(gateway.consider(department, 'entry', file(), {})).rejects.toMatchObject({
      code: 'bad-filter',
    })
    expect(await gateway.consider(department, 'entry', { filters: [filter('phone')] }, {})).toMatchObject({
      refusal: { code: 'fields-masked', paths: ['phone'] },
    })
    expect(written.map(({ kind }) => kind)).toEqual(['access.refused'])
    expect(handed.size).toBe(0)
  })

  it('records that nothing went out, and keeps no delivery, where an export breaks off before its first byte', async () => {
    change({ entry: freelyShared })
    const ends = () => written.map(({ outcome, payload }) => [outcome, payload?.rows])
    broken = true
    await expect(gateway.export(department, 'entry', file(), {})).rejects.toThrow('disk full')
    expect(ends()).toEqual([
      ['begun', null],
      ['broken-off', 0],
    ])
    broken = false
    const abort = new AbortController()
    const answer = await gateway.export(department, 'entry', { ...file(), signal: abort.signal }, {})
    if (!answer.ok) throw new Error('refused')
    expect(handed.size).toBe(1)
    abort.abort()
    await expect(answer.value.value.stream[Symbol.asyncIterator]().next()).rejects.toThrow()
    expect(ends().slice(2)).toEqual([
      ['begun', null],
      ['broken-off', 0],
    ])
    expect(handed.size).toBe(0)
  })

  it('gives out a file that was made before by the fields that chose its rows too, and opens it once that is on record', async () => {
    change({ entry: freelyShared })
    const plan = await gateway.plan(department, 'entry', ['name'], {})
    if (!plan.ok) throw new Error('refused')
    const made = { plan: plan.value, snapshotId: 'snapshot', rows: 2, recordId: 'made', sha256: '', used: [] }
    let opened = 0
    const collect = (used: string[]) =>
      gateway.collect(department, 'entry', { ...made, used }, {}, async () => ++opened)
    expect(await collect(['phone'])).toMatchObject({ refusal: { code: 'fields-masked', paths: ['phone'] } })
    beforeWrite = () => {
      throw new LedgerError('ledger-failed', 'disk full')
    }
    await expect(collect(['name'])).rejects.toMatchObject({ code: 'gateway-unavailable' })
    expect(opened).toBe(0)
    beforeWrite = undefined
    expect(await collect(['name'])).toMatchObject({ ok: true, value: { value: 1 } })
  })

  it('charges an export at its beginning and bounds those that are open', async () => {
    const limits = { requests: 100, rows: 100, milliseconds: 60_000 }
    const allowance = createAllowance({
      visitor: limits,
      key: limits,
      party: limits,
      shared: limits,
      windowMs: 60_000,
      exportsAtOnce: { visitor: 1, party: 2 },
      now: () => 0,
    })
    const limited = gatewayWith(allowance)
    const left = () => allowance.standing(provider).left.rows
    const opened = async (signal = new AbortController().signal) => {
      const answer = await limited.export(provider, 'entry', { ...file(), signal }, {})
      if (!answer.ok) throw new Error('refused')
      return answer.value.value.stream
    }
    const first = await opened()
    expect(left()).toBe(98)
    for await (const _ of first) break
    expect(left()).toBe(99)

    const abort = new AbortController()
    await opened(abort.signal)
    const second = await opened()
    await expect(opened()).rejects.toMatchObject({ code: 'limit-reached', mostExports: 2 })
    await expect(opened()).rejects.toMatchObject({ code: 'limit-reached', mostExports: 2 })
    // On record once, not each time: what is refused must not fill the ledger.
    expect(written.filter(({ outcome }) => outcome === 'limit-reached')).toMatchObject([
      { kind: 'access.refused', organisationId: 'provider', article: null },
    ])
    expect(written.find(({ outcome }) => outcome === 'limit-reached')).not.toHaveProperty('entryId')
    // Nobody came for the bytes of the first: its place is free again.
    abort.abort()
    await opened()
    for await (const _ of second);
    expect(left()).toBe(95)
    // A refusal takes no place.
    const refusal = await limited.export(department, 'entry', file(), {})
    expect(refusal).toMatchObject({ ok: false, refusal: { code: 'sharing-needs-application' } })
    expect(allowance.openExport(department)).toBeDefined()
    expect(allowance.openExport(department)).toBeDefined()
    // A read that fails has taken its time all the same.
    const spent = vi.spyOn(allowance, 'spend')
    broken = true
    await expect(limited.page(provider, 'entry', page(), {})).rejects.toThrow('disk full')
    expect(spent.mock.calls).toEqual([[provider, { rows: 0, milliseconds: expect.any(Number) }]])
  })

  it('foresees a decision from facts as they are now, recording nothing', async () => {
    expect(await gateway.plan(department, 'entry', undefined, {})).toMatchObject({ ok: false })
    change({ entry: freelyShared })
    expect(await gateway.plan(department, 'entry', ['name'], {})).toMatchObject({ ok: true })
    expect(written).toEqual([])
  })
})

const page = () => ({ filters: [], sort: [], limit: 10 })
const count = { groupBy: [], measures: [{ operation: 'count' as const }], filters: [], limit: 10 }
const file = () => ({ filters: [], format: 'ndjson' as const, signal: new AbortController().signal })
const filter = (field: string) => ({ field, operator: 'eq' as const, values: ['13800000000'] })
