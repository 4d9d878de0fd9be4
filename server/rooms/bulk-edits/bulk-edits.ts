import { text } from '@tiaoli/kernel/text'
import type { Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import { stewardOf } from '../catalogue/index.ts'
import { createActs } from './acts.service.ts'
import type { BulkEdit } from './bulk-edit.model.ts'
import type { BulkEditsDeps } from './bulk-edits.deps.ts'
import * as store from './bulk-edits.store.ts'
import { createPreviews } from './preview.service.ts'
import { entriesOf, sheetOf } from './sheet.service.ts'

export type BulkEdits = ReturnType<typeof createBulkEdits>

/** Entries of an organisation edited in a spreadsheet: taken out, looked at before anything is written, and put back. */
export function createBulkEdits(deps: BulkEditsDeps) {
  const { db } = deps.database
  return {
    /** @throws Problem where the caller compiles no entries */
    requireSteward(session: Session) {
      const organisationId = stewardOf(session)
      if (session.user === null || organisationId === undefined)
        throw new Problem('not-allowed', {
          condition: text(
            '只有提供单位的数据管理员可以批量编辑目录条目',
            'Only a data steward of the provider edits its entries in bulk',
          ),
        })
      return { id: session.user.id, name: session.user.name, organisationId }
    },
    async requireEdit(organisationId: string, id: string): Promise<BulkEdit> {
      const edit = await store.findEdit(db, id)
      if (edit === undefined || edit.organisationId !== organisationId) throw new Problem('not-found')
      return edit
    },
    sheet: async (
      organisationId: string,
      narrowed: { readonly theme?: string | undefined; readonly status?: string | undefined },
    ) => sheetOf(deps, await entriesOf(deps, organisationId, narrowed)),
    preview: createPreviews(deps),
    acts: createActs(deps),
    list: (organisationId: string, before: string | undefined, limit: number) =>
      store.listEdits(db, organisationId, before, limit),
    lines: (id: string, outcome: Parameters<typeof store.linesOfEdit>[2], after: number, limit: number) =>
      store.linesOfEdit(db, id, outcome, after, limit),
    counts: (id: string) => store.countLines(db, id),
  }
}
