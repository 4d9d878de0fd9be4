import type { Batch } from '@tiaoli/contract/aggregation'

/**
 * What waits only because several tables would do is taken by its first. Any other reason is for a steward: a schema that
 * contradicts or cannot be read, fields without a column, rows that would take the place of many,
 * newer versions that came meanwhile.
 */
export const mayGoOn = ({ tables, leftOut, newer }: Batch): boolean =>
  newer === null &&
  tables.filter(({ missingFields }) => missingFields.length === 0).length > 1 &&
  !isDoubted(tables[0]!, leftOut)

const isDoubted = (table: Batch['tables'][number], leftOut: Batch['leftOut']): boolean =>
  table.missingFields.length > 0 ||
  table.columns.some(({ schema }) => schema?.contradicts || schema?.unread.length) ||
  leftOut.some(({ cause }) => cause === 'bad-descriptor' || cause === 'descriptor-unused')
