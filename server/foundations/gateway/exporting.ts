import { createHash } from 'node:crypto'
import { LakeError, placeFieldsOf } from '../lake/index.ts'
import type { ExportFormat, ReceiverMarks } from '../lake/lake.types.ts'
import { type Access, exportEndedRecord, marksOf } from './access-records.ts'
import type { OpenExport } from './allowance.ts'
import type { Door } from './door.ts'
import { LimitReached } from './gateway.errors.ts'
import type { Plan, PlannedField } from './gateway.types.ts'
import { numbersBehind } from './look-ups.ts'
import { type Masker, showingOf } from './masks.ts'
import type { ReaderExport, RowReader } from './ports.ts'
import type { ExportAnswer, ExportRequest, GatewayDependencies, Outcome } from './requests.ts'

/** Nothing is read before the export is recorded; when its bytes end, its number of rows is recorded too. */
export async function exportThrough(
  door: Door,
  access: Access,
  request: ExportRequest,
  maskerFor: (plan: Plan) => Masker,
  { deliveries, allowance }: Pick<GatewayDependencies, 'deliveries' | 'allowance'>,
): Promise<Outcome<ExportAnswer>> {
  const { caller } = access
  const account = allowance?.openExport(caller)
  if (allowance !== undefined && account === undefined)
    throw await door.limited(
      access,
      new LimitReached(allowance.standing(caller), allowance.mostExports(caller)),
    )
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
    needs: async (plan, reader) => ({ rows: await rowsOf(reader, plan, request), whole: true }),
    read: async (plan, reader, subjectFields) => {
      // What cannot be made is told before it stands on record as handed over.
      reader.checkSelection(namesOf(plan), request.filters)
      requireForm(plan, request.format)
      return {
        value: () => reader.export(exportOf(plan, request, maskerFor(plan), marksOf(access, plan))),
        rows: null,
        numbers: await numbersBehind(reader, request.filters, subjectFields, plan),
      }
    },
  })
  if (!passed.ok) return passed
  const { value: open, plan, snapshotId, recordId } = passed.value
  const { standing } = passed
  const marks = marksOf(access, plan)
  const ended = (rows: number | null, sha256: string | null) =>
    door.record(exportEndedRecord(access, plan, snapshotId, recordId, rows, sha256))
  async function nothingWentOut(): Promise<void> {
    await ended(0, null)
    if (marks !== undefined) await deliveries?.dropped(marks.mark)
  }
  let waitingSince = performance.now()
  const { stream, contentType, fileExtension, rowsForeseen, rowsWritten } = await begin().catch(
    async (error: unknown) => {
      await nothingWentOut()
      throw error
    },
  )
  let milliseconds = performance.now() - waitingSince
  account?.foresee(rowsForeseen ?? 0)
  let begun = false
  const givenUp = () => {
    if (begun) return
    begun = true
    account?.close({ rows: 0, milliseconds })
    // Whoever asked has gone, and there is nobody to tell of a failure: the record that it began stands alone then.
    nothingWentOut().catch(() => undefined)
  }
  if (request.signal.aborted) givenUp()
  else request.signal.addEventListener('abort', givenUp, { once: true })

  async function begin() {
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
    waitingSince = performance.now()
    return open()
  }

  async function* recordedToItsEnd(): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256')
    let sha256: string | null = null
    // What was given up before has its end on record.
    request.signal.throwIfAborted()
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
      await ended(rowsWritten(), sha256)
      if (marks !== undefined && sha256 !== null) await deliveries?.ended(marks.mark, sha256)
    }
  }
  const value = { stream: recordedToItsEnd(), contentType, fileExtension, rowsWritten }
  return { ok: true, value: { value, plan, snapshotId, recordId }, ...(standing && { standing }) }
}

function exportOf(
  plan: Plan,
  { titles = {}, filters, format, encoding, signal }: ExportRequest,
  masker: Masker,
  marks: ReceiverMarks | undefined,
): ReaderExport {
  const fields = plan.fields.map((field) => ({
    field: field.name,
    title: titles[field.name] ?? field.name,
    type: shownType(field),
  }))
  const masked = plan.fields.some((field) => field.mask !== 'none')
  const transform = masked ? masker : undefined
  return {
    fields,
    filters,
    format,
    ...(encoding && { encoding }),
    transform,
    signal,
    ...(marks === undefined ? {} : { marks }),
  }
}

const shownType = (field: PlannedField) => showingOf(field, field.mask)?.type ?? field.type

/** Throws `no-place` where the fields of the plan, as they are shown, cannot be given in the form. */
export function requireForm(plan: Plan, format: ExportFormat | undefined): void {
  const shown = plan.fields.map((field) => ({ field: field.name, type: shownType(field) }))
  if (format === 'geojson' && placeFieldsOf(shown) === undefined) throw new LakeError('no-place')
}

/** How many rows the file will have. A file is whole or it is none. */
export async function rowsOf(
  reader: RowReader,
  plan: Plan,
  { filters }: Pick<ExportRequest, 'filters'>,
): Promise<number> {
  const { total } = await reader.page({ fields: namesOf(plan).slice(0, 1), filters, sort: [], limit: 1 })
  return total ?? Number.MAX_SAFE_INTEGER
}

export const namesOf = (plan: Plan): string[] => plan.fields.map((field) => field.name)
