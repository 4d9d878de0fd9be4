import { createHash, randomBytes } from 'node:crypto'
import type { AggregateQuery, Filter, ReceiverMarks, Row } from '../lake/lake.types.ts'
import { type Access, exportEndedRecord, marksOf } from './access-records.ts'
import type { OpenExport } from './allowance.ts'
import { createDoor, type Door } from './door.ts'
import { GatewayError, LimitReached } from './gateway.errors.ts'
import type { Caller, Plan } from './gateway.types.ts'
import { isLookUp, numbersBehind, numbersIn } from './look-ups.ts'
import { type Masker, maskerOf, showingOf } from './masks.ts'
import type { ReaderExport, RowKey, RowReader } from './ports.ts'
import { handUnder, namesUnder, pseudonymsUnder } from './pseudonyms.ts'
import { exportOutdated, keyNotGiven } from './refusals.ts'
import type {
  ExportAnswer,
  ExportRequest,
  Gateway,
  GatewayDependencies,
  MadeExport,
  Outcome,
} from './requests.ts'

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
        read: async (plan, reader, subjectFields) => {
          const limit = Math.min(query.limit, plan.maxRowsPerPage)
          const looked = isLookUp(query.filters, subjectFields) ? subjectFields : []
          const page = await reader.page({ ...query, fields: together(namesOf(plan), looked), limit })
          const rows = page.rows.map(maskerFor(plan))
          return { value: { ...page, rows }, rows: rows.length, numbers: numbersIn(page.rows, looked) }
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
        read: async (plan, reader, subjectFields) => {
          const numbers = await numbersBehind(reader, query.filters, subjectFields, plan)
          if (plan.guarded?.some((name) => used.includes(name))) {
            const asked = { caller, entryId }
            const { groups } = dependencies
            return { ...(await guardedAggregate(groups, asked, reader, query, plan.guarded)), numbers }
          }
          const value = await reader.aggregate(query)
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
            ofFile: randomBytes(6).toString('hex'),
            ofHand: (plan) => handUnder(dependencies.pseudonymSecret, receiverOf(plan, access)),
          },
        },
        request,
        maskerFor,
        dependencies,
      )
    },

    consider: (caller, entryId, wanted, purpose) =>
      door.consider({ act: 'export', caller, entryId, purpose, wanted, used: [] }),

    collect: (caller, entryId, made, purpose, open) => {
      const { plan: then, snapshotId, rows, recordId, sha256 } = made
      const wanted = then.fields.map(({ name }) => name)
      return door.pass<Awaited<ReturnType<typeof open>>>({
        access: {
          act: 'collect',
          caller,
          entryId,
          purpose,
          wanted,
          used: [],
          collects: { recordId, sha256 },
        },
        snapshotId,
        read: async (plan) =>
          isSamePlan(then, plan) ? { value: await open(), rows } : { refusal: exportOutdated },
      })
    },

    namedUnder: (grantId) => namesUnder(dependencies.pseudonymSecret, grantId),

    standing: (caller) => dependencies.allowance?.standing(caller),

    plan: (caller, entryId, wanted, purpose) => door.foresee({ caller, entryId, purpose, wanted, used: [] }),
  }
}

/** What is remembered of answers is remembered of the holder, whatever its grants and keys. */
async function guardedAggregate(
  groups: GatewayDependencies['groups'],
  { caller, entryId }: { readonly caller: Caller; readonly entryId: string },
  reader: RowReader,
  query: AggregateQuery,
  guardedFields: readonly string[],
) {
  if (groups === undefined) throw new GatewayError('snapshot-missing', 'aggregates of guarded fields')
  const holder = caller.organisationId ?? caller.userId ?? ''
  const given = await groups.aggregate({ holder, entryId }, reader, query, guardedFields)
  if (!given.ok) return { refusal: given.refusal }
  const { rows, withheld } = given.value
  return { value: rows, rows: rows.length, withheld }
}

/** Nothing is read before the export is recorded; when its bytes end, its number of rows is recorded too. */
async function exportThrough(
  door: Door,
  access: Access,
  request: ExportRequest,
  maskerFor: (plan: Plan) => Masker,
  { deliveries, allowance }: Pick<GatewayDependencies, 'deliveries' | 'allowance'>,
): Promise<Outcome<ExportAnswer>> {
  const { caller } = access
  const account = allowance?.openExport(caller)
  if (allowance !== undefined && account === undefined)
    throw new LimitReached(allowance.standing(caller), allowance.mostExports(caller))
  try {
    const opened = await openExport(door, access, request, maskerFor, deliveries, account)
    if (!opened.ok) account?.close(nothingTaken)
    return opened
  } catch (error) {
    account?.close(nothingTaken)
    throw error
  }
}

const nothingTaken = { rows: 0, milliseconds: 0 }

async function openExport(
  door: Door,
  access: Access,
  request: ExportRequest,
  maskerFor: (plan: Plan) => Masker,
  deliveries: GatewayDependencies['deliveries'],
  account: OpenExport | undefined,
): Promise<Outcome<ExportAnswer>> {
  const passed = await door.pass({
    access,
    snapshotId: request.snapshotId,
    read: async (plan, reader, subjectFields) => ({
      value: () => reader.export(exportOf(plan, request, maskerFor(plan), marksOf(access, plan))),
      rows: null,
      numbers: await numbersBehind(reader, request.filters, subjectFields, plan),
    }),
  })
  if (!passed.ok) return passed
  const { value: open, plan, snapshotId, recordId } = passed.value
  const marks = marksOf(access, plan)
  if (marks !== undefined)
    await deliveries?.begun({
      ...marks,
      recordId,
      entryId: access.entryId,
      snapshotId,
      basis: plan.basis === 'granted' ? 'granted' : 'shared',
      grantId: plan.grantId,
      organisationId: access.caller.organisationId,
      userId: access.caller.userId,
      scenario: plan.scenario,
      fields: namesOf(plan),
    })
  let waitingSince = performance.now()
  const { stream, contentType, fileExtension, rowsForeseen, rowsWritten } = await open()
  let milliseconds = performance.now() - waitingSince
  account?.foresee(rowsForeseen ?? 0)
  let begun = false
  const givenUp = () => {
    if (!begun) account?.close({ rows: 0, milliseconds })
  }
  if (request.signal.aborted) givenUp()
  else request.signal.addEventListener('abort', givenUp, { once: true })

  async function* recordedToItsEnd(): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256')
    let sha256: string | null = null
    begun = true
    try {
      waitingSince = performance.now()
      for await (const chunk of stream) {
        // The time that the receiver takes is its own.
        milliseconds += performance.now() - waitingSince
        hash.update(chunk)
        yield chunk
        waitingSince = performance.now()
      }
      sha256 = hash.digest('hex')
    } finally {
      account?.close({ rows: rowsWritten(), milliseconds })
      await door.record(exportEndedRecord(access, plan, snapshotId, recordId, rowsWritten(), sha256))
      if (marks !== undefined && sha256 !== null) await deliveries?.ended(marks.mark, sha256)
    }
  }
  const value = { stream: recordedToItsEnd(), contentType, fileExtension, rowsWritten }
  return { ok: true, value: { value, plan, snapshotId, recordId } }
}

function exportOf(
  plan: Plan,
  { titles = {}, filters, format, signal }: ExportRequest,
  masker: Masker,
  marks: ReceiverMarks | undefined,
): ReaderExport {
  const fields = plan.fields.map((field) => ({
    field: field.name,
    title: titles[field.name] ?? field.name,
    type: showingOf(field, field.mask)?.type ?? field.type,
  }))
  const masked = plan.fields.some((field) => field.mask !== 'none')
  const transform = masked ? masker : undefined
  return { fields, filters, format, transform, signal, ...(marks === undefined ? {} : { marks }) }
}

/** Whose hand a file goes into: of the grant, or of whoever uses what is shared freely. */
const receiverOf = ({ grantId }: Plan, { caller, entryId }: Access): string =>
  grantId ?? `${entryId} ${caller.organisationId ?? caller.userId ?? ''}`

/** Whether a file made under one plan is what the other would give. */
const isSamePlan = (then: MadeExport['plan'], now: Plan): boolean =>
  then.basis === now.basis &&
  then.grantId === now.grantId &&
  then.fields.length === now.fields.length &&
  then.fields.every(({ name, mask }, at) => name === now.fields[at]!.name && mask === now.fields[at]!.mask)

/** Values that rows have to have, one by one. */
const pickedBy = (filters: readonly Filter[]): Access['picked'] =>
  filters.filter(({ operator }) => operator === 'eq' || operator === 'in')

const together = (names: readonly string[], more: readonly string[]): string[] => [
  ...new Set([...names, ...more]),
]

const namesOf = (plan: Plan): string[] => plan.fields.map((field) => field.name)

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
