import { bulkEdits } from './zh/bulk-edits.ts'
import { harvesting } from './zh/harvesting.ts'
import { pulls } from './zh/pulls.ts'
import { subscriptions } from './zh/subscriptions.ts'
import { tasks } from './zh/tasks.ts'

/** Words that the desk alone has: they are fetched with it, as the front page shall be light. */
export const zhDesk = { ...harvesting, ...tasks, ...bulkEdits, ...pulls, ...subscriptions }

export type DeskCatalogue = typeof zhDesk
