import { handedInAtOnce, mostSheetEntries } from '@tiaoli/contract/bulk-edits'
import { text } from '@tiaoli/kernel/text'
import type { Tx } from '../../foundations/database/index.ts'
import type { Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Entry } from '../catalogue/index.ts'
import type { BulkEdit, EditLine } from './bulk-edit.model.ts'
import type { BulkEditsDeps } from './bulk-edits.deps.ts'
import * as store from './bulk-edits.store.ts'
import { entriesSheet } from './columns.rules.ts'
import { errorAt } from './drafts.rules.ts'

type Actor = { readonly id: string; readonly name: string; readonly organisationId: string }

/** Writes a previewed edit, puts it back, and hands its entries in. */
export function createActs({ database, catalogue, ledger, clock }: BulkEditsDeps) {
  /** Lines of an outcome with the entries as they are now. */
  async function held(
    tx: Tx,
    edit: BulkEdit,
    outcome: EditLine['outcome'],
  ): Promise<{ line: EditLine; entry: Entry }[]> {
    const lines = await store.linesOfEdit(tx, edit.id, outcome, -1, mostSheetEntries)
    const ids = lines.flatMap(({ entryId }) => entryId ?? [])
    const entries = new Map((await catalogue.findAll(ids, tx)).map((entry) => [entry.id, entry]))
    return lines.flatMap((line) => {
      const entry = entries.get(line.entryId ?? '')
      return entry === undefined ? [] : [{ line, entry }]
    })
  }

  async function requireState(tx: Tx, id: string, state: BulkEdit['state']): Promise<BulkEdit> {
    const edit = (await store.findEdit(tx, id, true))!
    if (edit.state !== state)
      throw new Problem('act-not-available', {
        condition: text('这次批量编辑的当前状态不能这样办理', 'The bulk edit is not in a state for this act'),
      })
    return edit
  }

  const record = (tx: Tx, edit: BulkEdit, actor: Actor, outcome: string, payload: Record<string, number>) =>
    ledger.record(tx, {
      ...{ kind: 'bulk-edit', userId: actor.id, organisationId: edit.organisationId, outcome },
      payload: { bulkEditId: edit.id, sha256: edit.sha256, ...payload },
    })
  const recordEntry = (tx: Tx, edit: BulkEdit, actor: Actor, entryId: string, outcome: string) =>
    ledger.record(tx, {
      ...{ kind: 'bulk-edit.entry', userId: actor.id, organisationId: edit.organisationId, entryId, outcome },
      payload: { bulkEditId: edit.id },
    })

  return {
    apply: (actor: Actor, id: string): Promise<BulkEdit> =>
      database.inTransaction(async (tx) => {
        const edit = await requireState(tx, id, 'previewed')
        let applied = 0
        const lines = await held(tx, edit, 'change')
        for (const { line, entry } of lines) {
          const before = catalogue.together.heldBy(entry)
          if (!(await catalogue.together.write(tx, entry, line.version!, line.after!))) {
            await store.writeLine(tx, id, { ...line, outcome: 'conflict', errors: [conflict(line)] })
            continue
          }
          applied += 1
          const versionAfter = line.version! + 1
          await store.writeLine(tx, id, { ...line, outcome: 'applied', before, versionAfter })
          await recordEntry(tx, edit, actor, entry.id, 'applied')
        }
        if (applied === 0)
          throw new Problem('act-not-available', {
            condition: text('没有可以写入的变更', 'There is no change that can be written'),
            remedy: text(
              '请核对预览中的问题，重新下载后修改。',
              'See what the preview says, and download anew.',
            ),
          })
        const done: BulkEdit = { ...edit, state: 'applied', appliedAt: clock.now(), appliedBy: actor.name }
        await store.writeState(tx, done)
        await record(tx, edit, actor, 'applied', { applied, conflicts: lines.length - applied })
        return done
      }),

    undo: (actor: Actor, id: string, partly: boolean): Promise<BulkEdit> =>
      database.inTransaction(async (tx) => {
        const edit = await requireState(tx, id, 'applied')
        const lines = [...(await held(tx, edit, 'applied')), ...(await held(tx, edit, 'handed-in'))]
        const changed = lines.filter(({ line, entry }) => entry.version !== line.versionAfter)
        if (changed.length > 0 && (!partly || changed.length === lines.length))
          throw new Problem('changed-meanwhile', {
            condition: text(
              `有 ${changed.length} 个条目在写入之后又被修改或者提交`,
              `${changed.length} entries were changed or handed in since`,
            ),
            remedy: text(
              '可以只撤销其余条目；已提交的条目请先撤回。',
              'The others can be undone alone; what was handed in has to be taken back first.',
            ),
            errors: changed.slice(0, 100).map(({ entry, line }) => ({
              path: entry.number,
              message: text(`“${line.title}”已有变更`, `“${line.title}” has changed`),
            })),
          })
        let undone = 0
        for (const { line, entry } of lines) {
          const back =
            entry.version === line.versionAfter &&
            (await catalogue.together.putBack(tx, entry, entry.version, line.before))
          await store.writeLine(tx, id, { ...line, outcome: back ? 'undone' : 'kept' })
          if (!back) continue
          undone += 1
          await recordEntry(tx, edit, actor, entry.id, 'undone')
        }
        const done: BulkEdit = { ...edit, state: 'undone', undoneAt: clock.now(), undoneBy: actor.name }
        await store.writeState(tx, done)
        await record(tx, edit, actor, 'undone', { undone, kept: lines.length - undone })
        return done
      }),

    /** Each entry by itself, as if handed in on its page: one that is not complete stops no other. */
    async handIn(session: Session, edit: BulkEdit, note: string, after: number) {
      if (edit.state !== 'applied')
        throw new Problem('act-not-available', {
          condition: text('变更尚未写入，或者已经撤销', 'The changes are not written, or were undone'),
        })
      const lines = await store.linesOfEdit(database.db, edit.id, 'applied', after, handedInAtOnce)
      for (const line of lines) {
        try {
          await catalogue.handIn(session, line.entryId!, note)
          await store.writeLine(database.db, edit.id, { ...line, outcome: 'handed-in', errors: [] })
        } catch (error) {
          if (!(error instanceof Problem)) throw error
          const { condition, errors, article } = error.parts
          const said = errors?.map(({ message }) => message) ?? [condition ?? text('不能提交', 'Refused')]
          await store.writeLine(database.db, edit.id, {
            ...line,
            errors: said.map((message) => errorAt(entriesSheet, line.line, '', message, article ?? null)),
          })
        }
      }
      return { next: lines.length < handedInAtOnce ? null : lines.at(-1)!.position }
    },
  }
}

const conflict = ({ line }: EditLine) =>
  errorAt(
    entriesSheet,
    line,
    '',
    text(
      '预览之后条目已被他人修改，这一条没有写入。您的修改仍在上面，请重新下载后填入。',
      'Somebody changed the entry after the preview, so it was not written. Your changes stand above; download anew and enter them.',
    ),
  )
