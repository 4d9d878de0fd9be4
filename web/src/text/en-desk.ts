import { bulkEdits } from './en/bulk-edits.ts'
import { harvesting } from './en/harvesting.ts'
import { pulls } from './en/pulls.ts'
import { streams } from './en/streams.ts'
import { subscriptions } from './en/subscriptions.ts'
import { tableSchema } from './en/table-schema.ts'
import { tasks } from './en/tasks.ts'
import { versions } from './en/versions.ts'
import type { DeskCatalogue } from './zh-desk.ts'

/** English, translated by meaning. */
export const enDesk: DeskCatalogue = {
  ...harvesting,
  ...tasks,
  ...bulkEdits,
  ...pulls,
  ...streams,
  ...subscriptions,
  ...tableSchema,
  ...versions,
}
