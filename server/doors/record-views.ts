import { type Text, text } from '@tiaoli/kernel/text'
import type { Identity } from '../foundations/identity/index.ts'
import type { RecordView } from '../foundations/ledger/ledger.types.ts'
import { recordKinds } from './record-kinds.ts'

export type RecordViewsDeps = {
  readonly identity: Identity
  readonly entryTitles: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** What an act of a procedure is called; undefined where the rulebook no longer knows it. */
  readonly actTitle: (procedure: string, act: string) => Text | undefined
}

/**
 * Who knew the signs of a receiver could write a file that seems to be its own. Records have them by their digests;
 * of those from before that, the signs are told with no list.
 */
function withoutSigns(payload: RecordView['payload']) {
  const { mark: _, hand: __, ...details } = payload ?? {}
  return details
}

/** Records as people read them. */
export function createRecordViews({ identity, entryTitles, actTitle }: RecordViewsDeps) {
  /** An act goes by its own name; whatever else was recorded by that of its kind. */
  function titleOf({ kind, payload }: RecordView): Text {
    const { procedure, act } = payload ?? {}
    const named =
      kind === 'case.act' && typeof procedure === 'string' && typeof act === 'string'
        ? actTitle(procedure, act)
        : undefined
    return named ?? recordKinds[kind] ?? text(kind, kind)
  }

  return async function present(records: readonly RecordView[]) {
    // Who was told that there is no such entry is not told its name by the record of that.
    const named = records.filter(({ outcome }) => outcome !== 'entry-not-available')
    const titles = await entryTitles(named.flatMap((record) => record.entryId ?? []))
    const names = await identity.userNames(records.flatMap((record) => record.userId ?? []))
    return records.map((record) => {
      const organisation =
        record.organisationId === null ? undefined : identity.organisation(record.organisationId)
      return {
        id: record.id,
        at: record.at,
        kind: record.kind,
        title: titleOf(record),
        actor: {
          name: record.userId === null ? null : (names.get(record.userId) ?? null),
          organisation: organisation ? { id: organisation.id, name: organisation.name } : null,
        },
        entry:
          record.entryId === null ? null : { id: record.entryId, title: titles.get(record.entryId) ?? '' },
        caseId: record.caseId,
        grantId: record.grantId,
        article: record.article,
        outcome: record.outcome ?? '',
        details: withoutSigns(record.payload),
        position: record.position,
        erasedAt: record.erasedAt,
      }
    })
  }
}
