import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { AggregateQuery, Filter, Row } from '../lake/lake.types.ts'
import type { Access } from './access-records.ts'
import { readDifferences } from './comparing.ts'
import { createDoor } from './door.ts'
import { exportThrough, namesOf, requireForm, rowsOf } from './exporting.ts'
import { GatewayError } from './gateway.errors.ts'
import type { Caller, Plan } from './gateway.types.ts'
import { isLookUp, numbersBehind, numbersIn } from './look-ups.ts'
import { maskerOf } from './masks.ts'
import type { RowKey, RowReader } from './ports.ts'
import { handUnder, namesUnder, pseudonymsUnder } from './pseudonyms.ts'
import { exportOutdated, keyNotGiven } from './refusals.ts'
import type { Gateway, GatewayDependencies, MadeExport } from './requests.ts'

/** @see Gateway */
export function createGateway(dependencies: GatewayDependencies): Gateway {
  const door = createDoor(dependencies)
  // Without a grant a pseudonym would be the same for everybody: no plan but a grant's has one.
  const maskerFor = ({ fields, grantId }: Plan) =>
    maskerOf(fields, pseudonymsUnder(dependencies.pseudonymSecret, grantId ?? ''))
  return {
    row: (caller, entryId, key, wanted, purpose) =>
      door.pass({
        access: {
          act: 'row',
          caller,
          entryId,
          purpose,
          wanted,
          used: Object.keys(key),
          picked: Object.entries(key).map(([field, value]) => ({ field, values: [value] })),
        },
        objection: (reader) => (namesKey(key, reader) ? undefined : keyNotGiven(reader.keyFields)),
        needs: () => ({ rows: 1, whole: true }),
        read: async (plan, reader, subjectFields) => {
          const row = await reader.rowByKey(key, together(namesOf(plan), subjectFields))
          const numbers = row === null ? [] : numbersIn([row], subjectFields)
          return { value: row && maskerFor(plan)(row), rows: row === null ? 0 : 1, numbers }
        },
      }),

    page: (caller, entryId, { snapshotId, fields: wanted, ...query }, purpose) =>
      door.pass({
        access: {
          act: 'page',
          caller,
          entryId,
          purpose,
          wanted,
          used: fieldsOf(query.filters, query.sort),
          picked: pickedBy(query.filters),
        },
        snapshotId,
        needs: (plan) => ({ rows: Math.min(query.limit, plan.maxRowsPerPage), whole: false }),
        read: async (plan, reader, subjectFields, most) => {
          const limit = Math.min(query.limit, plan.maxRowsPerPage, most)
          const looked = isLookUp(query.filters, subjectFields) ? subjectFields : []
          const page = await reader.page({ ...query, fields: together(namesOf(plan), looked), limit })
          const rows = page.rows.map(maskerFor(plan))
          return { value: { ...page, rows }, rows: rows.length, numbers: numbersIn(page.rows, looked) }
        },
      }),

    diff: (caller, entryId, { earlier, snapshotId, fields: wanted, ...query }, purpose) =>
      door.pass({
        access: { act: 'page', caller, entryId, purpose, wanted, used: [], comparedWith: earlier },
        snapshotId,
        // A row is shown on two sides.
        needs: (plan) => ({ rows: Math.min(query.limit * 2, plan.maxRowsPerPage), whole: false }),
        read: async (plan, reader, _subjects, most) => {
          const differences = await reader.against?.(earlier)
          if (differences === undefined) throw new GatewayError('snapshot-missing', earlier)
          return readDifferences(
            { ...plan, maxRowsPerPage: Math.min(plan.maxRowsPerPage, most) },
            differences,
            query,
            maskerFor,
          )
        },
      }),

    aggregate: (caller, entryId, { snapshotId, ...query }, purpose) => {
      const used = fieldsOfAggregate(query)
      return door.pass<readonly Row[]>({
        access: {
          act: 'aggregate',
          caller,
          entryId,
          purpose,
          wanted: used,
          used,
          picked: pickedBy(query.filters),
        },
        snapshotId,
        needs: () => ({ rows: query.limit, whole: false }),
        read: async (plan, reader, subjectFields, most) => {
          const bounded = { ...query, limit: Math.min(query.limit, most) }
          const numbers = await numbersBehind(reader, query.filters, subjectFields, plan)
          if (plan.guarded?.some((name) => used.includes(name))) {
            const asked = { caller, entryId }
            const { groups } = dependencies
            return { ...(await guardedAggregate(groups, asked, reader, bounded, plan)), numbers }
          }
          const value = await reader.aggregate(bounded)
          return { value, rows: value.length, numbers }
        },
      })
    },

    export: (caller, entryId, request, purpose) => {
      const used = fieldsOf(request.filters)
      const access: Access = {
        act: 'export',
        caller,
        entryId,
        purpose,
        wanted: request.fields,
        used,
        picked: pickedBy(request.filters),
      }
      return exportThrough(
        door,
        {
          ...access,
          mark: {
            ofFile: randomBytes(12).toString('hex'),
            ofHand: (plan) => handUnder(dependencies.pseudonymSecret, receiverOf(plan, access)),
          },
        },
        request,
        maskerFor,
        dependencies,
      )
    },

    consider: (caller, entryId, { fields: wanted, filters, snapshotId, format }, purpose) =>
      door.consider({
        access: { act: 'export', caller, entryId, purpose, wanted, used: fieldsOf(filters) },
        ...(snapshotId !== undefined && { snapshotId }),
        needs: async (plan, reader) => ({ rows: await rowsOf(reader, plan, { filters }), whole: true }),
        check: (plan, reader) => {
          reader.checkSelection(namesOf(plan), filters)
          requireForm(plan, format)
        },
      }),

    collect: async (caller, entryId, made, purpose, open) => {
      const { plan: then, snapshotId, rows, recordId, sha256, used, bytes } = made
      const passed = await door.pass({
        access: {
          act: 'collect',
          caller,
          entryId,
          purpose,
          wanted: then.fields.map(({ name }) => name),
          used,
          collects: { recordId, sha256, bytes },
        },
        snapshotId,
        // Its rows were counted when it was made.
        needs: () => ({ rows: 0, whole: true }),
        read: async (plan) =>
          isSamePlan(then, plan) ? { value: undefined, rows } : { refusal: exportOutdated },
      })
      return passed.ok ? { ok: true, value: { ...passed.value, value: await open() } } : passed
    },

    namedUnder: (grantId) => namesUnder(dependencies.pseudonymSecret, grantId),

    standing: (caller) => dependencies.allowance?.standing(caller),

    useOfGrants: async (grantIds) => (await dependencies.meter?.usedOf(grantIds)) ?? new Map(),

    plan: (caller, entryId, wanted, purpose) => door.foresee({ caller, entryId, purpose, wanted, used: [] }),
  }
}

/** What is remembered of answers is remembered of the holder, whatever its grants and keys. */
async function guardedAggregate(
  groups: GatewayDependencies['groups'],
  { caller, entryId }: { readonly caller: Caller; readonly entryId: string },
  reader: RowReader,
  query: AggregateQuery,
  { guarded = [], rowFilter = [] }: Plan,
) {
  if (groups === undefined) throw new GatewayError('snapshot-missing', 'aggregates of guarded fields')
  const holder = caller.organisationId ?? caller.userId ?? ''
  const given = await groups.aggregate({ holder, entryId }, reader, query, guarded, rowFilter)
  if (!given.ok) return { refusal: given.refusal }
  const { rows, withheld } = given.value
  return { value: rows, rows: rows.length, withheld }
}

/** Whose hand a file goes into: of the grant, or of whoever uses what is shared freely. */
const receiverOf = ({ grantId }: Plan, { caller, entryId }: Access): string =>
  grantId ?? `${entryId} ${caller.organisationId ?? caller.userId ?? ''}`

/** Whether a file made under one plan is what the other would give. */
const isSamePlan = (then: MadeExport['plan'], now: Plan): boolean =>
  then.basis === now.basis &&
  then.grantId === now.grantId &&
  isDeepStrictEqual(then.rowFilter ?? [], now.rowFilter ?? []) &&
  then.fields.length === now.fields.length &&
  then.fields.every(({ name, mask }, at) => name === now.fields[at]!.name && mask === now.fields[at]!.mask)

/** Values that rows have to have, one by one. */
const pickedBy = (filters: readonly Filter[]): Access['picked'] =>
  filters.filter(({ operator }) => operator === 'eq' || operator === 'in')

const together = (names: readonly string[], more: readonly string[]): string[] => [
  ...new Set([...names, ...more]),
]

type Uses = readonly { readonly field: string }[]

const fieldsOf = (...uses: readonly Uses[]): string[] => [...new Set(uses.flat().map((use) => use.field))]

function fieldsOfAggregate({ groupBy, measures, filters }: AggregateQuery): string[] {
  const measured = measures.flatMap(({ field }) => (field === undefined ? [] : [{ field }]))
  return fieldsOf(groupBy, measured, filters)
}

function namesKey(key: RowKey, reader: RowReader): boolean {
  const given = Object.keys(key)
  return (
    reader.keyFields.length > 0 &&
    given.length === reader.keyFields.length &&
    reader.keyFields.every((name) => Object.hasOwn(key, name))
  )
}
