import { text } from '@tiaoli/kernel/text'
import type { Session } from '../../foundations/identity/index.ts'
import { Problem } from '../../foundations/problems/index.ts'
import type { Entry } from '../catalogue/index.ts'
import type { AggregationDeps } from './aggregation.deps.ts'
import type { Batch } from './aggregation.model.ts'
import { tableOf } from './aggregation.rules.ts'
import { givesWords, suggestionsFor, withSuggestions } from './suggestions.rules.ts'

type TakeOverDeps = Pick<AggregationDeps, 'database' | 'catalogue' | 'ledger'>

/**
 * Writes what a schema says of the fields of an entry where a change by hand is written: into the draft, or into the
 * revision of a published entry, which a person hands in. On record with the batch from whose schema the words are.
 */
export function createTakeOver({ database, catalogue, ledger }: TakeOverDeps) {
  return async function takeOver(
    session: Session,
    batch: Batch,
    entry: Entry,
    tableName: string | undefined,
  ): Promise<void> {
    const content = entry.pending ?? entry.content
    const table = batch.profile && tableOf(batch.profile, { table: tableName ?? batch.acceptance?.table })
    const suggestions = table ? suggestionsFor(content, table, batch.acceptance) : []
    if (suggestions.length === 0)
      throw new Problem('act-not-available', {
        condition: text(
          '该表没有可以写入的表结构说明，或者目录已有说明',
          'The schema of the table says nothing that the catalogue does not say already',
        ),
        remedy: text(
          '目录中已有的说明，请在编制页面修改。',
          'Change words of the catalogue on its own page.',
        ),
      })
    if (!givesWords(batch.state))
      throw new Problem('act-not-available', {
        condition: text('批次已取消或失败', 'The run was cancelled, or failed'),
        remedy: text('请重新送交文件。', 'Send the file again.'),
      })
    if (!(await catalogue.isEditable(entry)))
      throw new Problem('act-not-available', {
        condition: text(
          '条目不在编制环节，内容已固定',
          'The entry is not being compiled; its content is fixed',
        ),
        remedy: text('请先撤回或发起修订，再写入。', 'Take it back or begin a revision first.'),
      })
    const written = await catalogue.together.contentOf(
      database.db,
      entry,
      { ...content, fields: [...withSuggestions(content, suggestions)] },
      session.user!.name,
    )
    await database.inTransaction(async (tx) => {
      if (!(await catalogue.together.write(tx, entry, entry.version, written)))
        throw new Problem('changed-meanwhile')
      await ledger.record(tx, {
        kind: 'entry.schema-taken-over',
        userId: session.user!.id,
        organisationId: entry.providerId,
        entryId: entry.id,
        outcome: 'written',
        payload: { batch: batch.id, parts: suggestions.map(({ field, part }) => `${field}: ${part}`) },
      })
    })
  }
}
