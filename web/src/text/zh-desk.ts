import { bulkEdits } from './zh/bulk-edits.ts'
import { harvesting } from './zh/harvesting.ts'
import { pulls } from './zh/pulls.ts'
import { streams } from './zh/streams.ts'
import { subscriptions } from './zh/subscriptions.ts'
import { tableSchema } from './zh/table-schema.ts'
import { tasks } from './zh/tasks.ts'
import { versions } from './zh/versions.ts'

/** Words that the desk alone has: they are fetched with it, as the front page shall be light. */
export const zhDesk = {
  ...harvesting,
  ...tasks,
  ...bulkEdits,
  ...pulls,
  ...streams,
  ...subscriptions,
  ...tableSchema,
  ...versions,
}

export type DeskCatalogue = typeof zhDesk
