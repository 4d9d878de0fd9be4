import type { GrantLimits } from '@tiaoli/kernel/grant-limits'
import { systemClock } from '@tiaoli/kernel/instants'
import type { RowFilter } from '@tiaoli/kernel/row-filters'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { rowMatcherOf } from '../lake/index.ts'
import type { Filter, Row } from '../lake/lake.types.ts'
import { createGateway, type EntryFacts, type GrantFacts, type RowReader } from './index.ts'
import { entry as anEntry, department, grant, useRules } from './test-facts.ts'

const districts = ['甲区', '乙区', '丙区']
const rows = Array.from({ length: 24 }, (_, at) => ({
  code: `C${at}`,
  name: `示例企业${at}`,
  district: at % 7 === 0 ? null : districts[at % 3]!,
  staff: at % 5 === 0 ? null : at,
}))
const types = { code: 'text', name: 'text', district: 'text', staff: 'integer' } as const
const entry: EntryFacts = {
  ...anEntry,
  fields: Object.entries(types).map(([name, type]) => ({ name, type, sensitivity: 'internal' as const })),
}

/** Rows in memory; filters are asked as the lake asks them. */
function readerOver(typesNow: Readonly<Record<string, RowFilter[number]['type']>>): RowReader {
  const meets = (filters: readonly Filter[]) => {
    for (const { field } of filters) if (!(field in typesNow)) throw new Error(`no ${field}`)
    const typed = filters.map((each) => ({ ...each, type: typesNow[each.field]! })) as RowFilter
    return rows.filter(rowMatcherOf(typed))
  }
  const cut = (found: readonly Row[], fields: readonly string[]): Row[] =>
    found.map((row) => Object.fromEntries(fields.map((name) => [name, row[name] ?? null])))
  return {
    snapshotId: 'snapshot',
    fieldNames: Object.keys(typesNow),
    typeOf: (name) => typesNow[name] as 'text' | undefined,
    keyFields: ['code'],
    rowByKey: async (key, fields) =>
      cut(
        rows.filter(({ code }) => code === key.code),
        fields,
      )[0] ?? null,
    page: async ({ fields, filters, limit }) => {
      const found = meets(filters)
      return { rows: cut(found.slice(0, limit), fields), nextCursor: null, total: found.length }
    },
    aggregate: async ({ groupBy, filters }) =>
      cut(
        meets(filters),
        groupBy.map(({ field }) => field),
      ),
    checkSelection: (_fields, filters) => void meets(filters),
    export: async ({ fields, filters, transform = (row) => row }) => {
      const found = cut(
        meets(filters),
        fields.map(({ field }) => field),
      ).map(transform)
      return {
        stream: (async function* () {
          for (const row of found) yield Buffer.from(`${JSON.stringify(row)}\n`)
        })(),
        contentType: 'application/x-ndjson',
        fileExtension: 'ndjson',
        rowsForeseen: found.length,
        rowsWritten: () => found.length,
      }
    },
  }
}

function gatewayOver(reader: RowReader, grants: readonly GrantFacts[]) {
  let taken = 0
  return createGateway({
    pseudonymSecret: 'for tests',
    ledger: {
      append: async () => ({ id: 'record', at: '2026-10-14T01:30:00.000Z', epoch: 1 }),
      epoch: async () => 1,
    },
    lake: { readerFor: async () => reader },
    facts: { entryFacts: async () => entry, grantsOf: async () => grants },
    use: useRules,
    clock: systemClock,
    meter: {
      usedOf: async () => new Map(),
      take: async (_id, limits, { rows: wanted }) => {
        taken = Math.min(wanted, limits.rowsPerDay ?? wanted)
        return { rows: taken, day: '2026-10-14' as never, use: { rowsToday: taken, requestsThisMinute: 1 } }
      },
      giveBack: async () => undefined,
    },
  })
}

const conditions = fc.oneof(
  fc.record({
    field: fc.constant('district'),
    type: fc.constant('text'),
    operator: fc.constantFrom('eq' as const, 'ne' as const, 'prefix' as const),
    values: fc.constantFrom(...districts).map((one) => [one]),
  }),
  fc.record({
    field: fc.constant('district'),
    type: fc.constant('text'),
    operator: fc.constantFrom('isnull' as const, 'notnull' as const),
    values: fc.constant([]),
  }),
  fc.record({
    field: fc.constant('staff'),
    type: fc.constant('integer'),
    operator: fc.constantFrom('lt' as const, 'gte' as const),
    values: fc.integer({ min: 0, max: 24 }).map((number) => [String(number)]),
  }),
)
const filters: fc.Arbitrary<RowFilter> = fc.array(conditions, { minLength: 1, maxLength: 3 })
const somethingAsked = fc.record({
  fields: fc.option(fc.subarray(['code', 'name'], { minLength: 1 }), { nil: undefined }),
  where: fc.array(
    fc.record({
      field: fc.constantFrom('code', 'name'),
      operator: fc.constantFrom('prefix' as const, 'ne' as const, 'notnull' as const),
      values: fc.constant(['C1']),
    }),
    { maxLength: 1 },
  ),
  limits: fc.option(fc.constant<GrantLimits>({ rowsPerDay: 5, rowsPerRequest: 30 }), { nil: undefined }),
  masked: fc.boolean(),
})

/** Codes and names of all rows that went out, whichever way. */
async function takenOf(
  gateway: ReturnType<typeof gatewayOver>,
  { fields, where }: { fields: readonly string[] | undefined; where: readonly Filter[] },
): Promise<Set<string>> {
  const asked = where.map((each) => (each.operator === 'notnull' ? { ...each, values: [] } : each))
  const out = new Set<string>()
  const note = (row: Row | null) => {
    for (const value of Object.values(row ?? {}))
      if (value !== null) out.add(String(value).replace(/\D/g, ''))
  }
  const page = await gateway.page(department, 'entry', { fields, filters: asked, sort: [], limit: 50 }, {})
  if (page.ok) page.value.value.rows.forEach(note)
  if (page.ok && page.value.value.total !== null) expect(page.value.value.total).toBeLessThanOrEqual(24)
  for (const { code } of rows) {
    const row = await gateway.row(department, 'entry', { code }, fields, {})
    if (row.ok) note(row.value.value)
  }
  const groups = await gateway.aggregate(
    department,
    'entry',
    { groupBy: [{ field: 'code' }], measures: [{ operation: 'count' }], filters: asked, limit: 50 },
    {},
  )
  if (groups.ok) groups.value.value.forEach(note)
  const signal = new AbortController().signal
  const file = await gateway.export(
    department,
    'entry',
    { fields, filters: asked, format: 'ndjson', signal },
    {},
  )
  if (file.ok)
    for await (const line of file.value.value.stream) note(JSON.parse(Buffer.from(line).toString()) as Row)
  return out
}

it('lets no row out that lies outside what the grant covers, whatever is asked and however it is given', async () => {
  await fc.assert(
    fc.asyncProperty(filters, somethingAsked, async (within, asked) => {
      const held: GrantFacts = {
        ...grant,
        fields: ['code', 'name'],
        validUntil: null,
        rows: within,
        ...(asked.limits && { limits: asked.limits }),
        ...(asked.masked && { masks: { name: 'partial' } }),
      }
      const matches = rowMatcherOf(within)
      const covered = new Set(rows.filter(matches).map(({ code }) => code.slice(1)))
      const out = await takenOf(gatewayOver(readerOver(types), [held]), asked)
      for (const one of out) if (one !== '') expect(covered).toContain(one)
      if (asked.where.length === 0 && asked.limits === undefined && !asked.masked)
        expect(out).toEqual(covered)
    }),
    { numRuns: 150 },
  )
})

it('gives nothing where the snapshot cannot tell which rows they are', async () => {
  const held = {
    ...grant,
    fields: ['code', 'name'],
    validUntil: null,
    rows: [{ field: 'district', type: 'text', operator: 'eq', values: ['甲区'] }],
  } satisfies GrantFacts
  const { district: _, ...without } = types
  for (const typesNow of [without, { ...types, district: 'division-code' }]) {
    const gateway = gatewayOver(readerOver(typesNow), [held])
    const page = await gateway.page(department, 'entry', { filters: [], sort: [], limit: 5 }, {})
    expect(page).toMatchObject({ ok: false, refusal: { code: 'rows-not-determinable' } })
    expect(page.ok || page.refusal.article).toBeUndefined()
    expect((await takenOf(gateway, { fields: undefined, where: [] })).size).toBe(0)
    const considered = await gateway.consider(department, 'entry', { filters: [] }, {})
    expect(considered).toMatchObject({ ok: false, refusal: { code: 'rows-not-determinable' } })
  }
})

it('gives nothing under limits that nobody counts', async () => {
  const held = {
    ...grant,
    fields: ['code', 'name'],
    validUntil: null,
    limits: { rowsPerDay: 5 },
  } satisfies GrantFacts
  const gateway = createGateway({
    pseudonymSecret: 'for tests',
    ledger: { append: async () => ({ id: 'record', at: '', epoch: 1 }), epoch: async () => 1 },
    lake: { readerFor: async () => readerOver(types) },
    facts: { entryFacts: async () => ({ ...entry }), grantsOf: async () => [held] },
    use: useRules,
    clock: systemClock,
  })
  await expect(gateway.row(department, 'entry', { code: 'C1' }, ['name'], {})).rejects.toMatchObject({
    code: 'gateway-unavailable',
  })
})

it('tells before a file is filed that it is larger than the grant lets out, and counts the rows that are covered', async () => {
  const considered = async (limits: GrantLimits, rowsToday: number, within: RowFilter) => {
    const held = { ...grant, fields: ['code', 'name'], validUntil: null, limits, rows: within }
    const recorded: string[] = []
    const gateway = createGateway({
      pseudonymSecret: 'for tests',
      ledger: {
        append: async ({ kind }) => {
          recorded.push(kind)
          return { id: 'record', at: '', epoch: 1 }
        },
        epoch: async () => 1,
      },
      lake: { readerFor: async () => readerOver(types) },
      facts: { entryFacts: async () => ({ ...entry }), grantsOf: async () => [held] },
      use: useRules,
      meter: {
        usedOf: async () => new Map([[held.id, { rowsToday, requestsThisMinute: 0 }]]),
        take: () => Promise.reject(new Error('nothing is taken of a call that is only thought of')),
        giveBack: () => Promise.reject(new Error('nothing was taken')),
      },
      clock: systemClock,
    })
    const outcome = await gateway.consider(department, 'entry', { filters: [] }, {})
    return { refused: outcome.ok ? undefined : outcome.refusal.code, recorded }
  }
  const some: RowFilter = [{ field: 'district', type: 'text', operator: 'eq', values: ['甲区'] }]
  const covered = rows.filter(({ district }) => district === '甲区').length
  const refusal = (code: string) => ({ refused: code, recorded: ['access.refused'] })
  const nothing = { refused: undefined, recorded: [] }
  expect(await considered({ rowsPerRequest: 23 }, 0, [])).toEqual(refusal('grant-request-too-large'))
  expect(await considered({ rowsPerRequest: 24 }, 0, [])).toEqual(nothing)
  expect(await considered({ rowsPerRequest: covered - 1 }, 0, some)).toEqual(
    refusal('grant-request-too-large'),
  )
  expect(await considered({ rowsPerRequest: covered }, 0, some)).toEqual(nothing)
  expect(await considered({ rowsPerDay: 30 }, 7, [])).toEqual(refusal('grant-rows-used-up'))
  expect(await considered({ rowsPerDay: 30 }, 6, [])).toEqual(nothing)
})
