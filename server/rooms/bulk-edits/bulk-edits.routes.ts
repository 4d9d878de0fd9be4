import * as contract from '@tiaoli/contract/bulk-edits'
import {
  isIdText,
  listOf,
  type Mount,
  readCursor,
  smallFileOf,
  writeCursor,
} from '../../foundations/http/index.ts'
import type { BulkEdit } from './bulk-edit.model.ts'
import type { BulkEdits } from './bulk-edits.ts'

const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export function mountBulkEdits(mount: Mount, edits: BulkEdits): void {
  async function present(edit: BulkEdit): Promise<contract.BulkEdit> {
    const found = await edits.counts(edit.id)
    const counts = Object.fromEntries(
      contract.bulkEditOutcomes.map((outcome) => [outcome, found[outcome] ?? 0]),
    ) as contract.BulkEdit['counts']
    return {
      id: edit.id,
      fileName: edit.fileName,
      state: edit.state,
      by: edit.userName,
      createdAt: edit.createdAt.toISOString(),
      appliedAt: edit.appliedAt?.toISOString() ?? null,
      appliedBy: edit.appliedBy,
      undoneAt: edit.undoneAt?.toISOString() ?? null,
      undoneBy: edit.undoneBy,
      counts,
      acts: [
        ...(edit.state === 'previewed' && counts.change > 0 ? (['apply'] as const) : []),
        ...(edit.state === 'applied' ? (['undo'] as const) : []),
        ...(edit.state === 'applied' && counts.applied > 0 ? (['hand-in'] as const) : []),
      ],
    }
  }

  mount(contract.getBulkEditSheet, async ({ query, session, reply }) => {
    const { organisationId } = edits.requireSteward(session)
    const sheet = await edits.sheet(organisationId, query)
    reply.header('content-disposition', 'attachment; filename="entries.xlsx"')
    return reply.type(spreadsheet).send(sheet)
  })
  mount(contract.previewBulkEdit, async ({ query, session, request }) => {
    const sender = edits.requireSteward(session)
    const { bytes, fileName } = await smallFileOf(request, query.filename, contract.largestSheetBytes)
    return present(await edits.preview(sender, fileName, bytes))
  })
  mount(contract.listBulkEdits, async ({ query, session }) => {
    const { organisationId } = edits.requireSteward(session)
    const before = readCursor('bulk-edits', query.cursor, isIdText)
    const found = await edits.list(organisationId, before, query.limit + 1)
    const page = found.slice(0, query.limit)
    const items: contract.BulkEdit[] = []
    for (const edit of page) items.push(await present(edit))
    return {
      items,
      nextCursor: found.length > query.limit ? writeCursor('bulk-edits', page.at(-1)!.id) : null,
    }
  })
  mount(contract.getBulkEdit, async ({ params, session }) => {
    const { organisationId } = edits.requireSteward(session)
    return present(await edits.requireEdit(organisationId, params.bulkEditId))
  })
  mount(contract.listBulkEditLines, async ({ params, query, session }) => {
    const { organisationId } = edits.requireSteward(session)
    const edit = await edits.requireEdit(organisationId, params.bulkEditId)
    const list = listOf('bulk-edit-lines', [edit.id, query.outcome])
    const after = readCursor(list, query.cursor, isPosition) ?? -1
    const found = await edits.lines(edit.id, query.outcome, after, query.limit + 1)
    const page = found.slice(0, query.limit)
    return {
      items: page.map(({ line, entryId, title, outcome, changes, errors }) => ({
        ...{ line, entryId, title, outcome },
        ...{ changes: [...changes], errors: [...errors] },
      })),
      nextCursor: found.length > query.limit ? writeCursor(list, page.at(-1)!.position) : null,
    }
  })
  mount(contract.applyBulkEdit, async ({ params, session }) => {
    const steward = edits.requireSteward(session)
    const edit = await edits.requireEdit(steward.organisationId, params.bulkEditId)
    return present(await edits.acts.apply(steward, edit.id))
  })
  mount(contract.undoBulkEdit, async ({ params, body, session }) => {
    const steward = edits.requireSteward(session)
    const edit = await edits.requireEdit(steward.organisationId, params.bulkEditId)
    return present(await edits.acts.undo(steward, edit.id, body.partly))
  })
  mount(contract.handInBulkEdit, async ({ params, body, session }) => {
    const steward = edits.requireSteward(session)
    const edit = await edits.requireEdit(steward.organisationId, params.bulkEditId)
    const { next } = await edits.acts.handIn(session, edit, body.note, body.after)
    return { ...(await present(edit)), next }
  })
}

const isPosition = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) < 2 ** 31
