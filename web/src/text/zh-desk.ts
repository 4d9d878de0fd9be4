import { accounts } from './zh/desk/accounts.ts'
import { assurance } from './zh/desk/assurance.ts'
import { bulkEdits } from './zh/desk/bulk-edits.ts'
import { casefile } from './zh/desk/casefile.ts'
import { collection } from './zh/desk/collection.ts'
import { desk } from './zh/desk/desk.ts'
import { explained } from './zh/desk/explained.ts'
import { harvesting } from './zh/desk/harvesting.ts'
import { opening } from './zh/desk/opening.ts'
import { portal } from './zh/desk/portal.ts'
import { pulls } from './zh/desk/pulls.ts'
import { register } from './zh/desk/register.ts'
import { sources } from './zh/desk/sources.ts'
import { streams } from './zh/desk/streams.ts'
import { subscriptions } from './zh/desk/subscriptions.ts'
import { tableSchema } from './zh/desk/table-schema.ts'
import { tasks } from './zh/desk/tasks.ts'
import { versions } from './zh/desk/versions.ts'
import { words } from './zh/desk/words.ts'

/** Words that the desk alone has. */
export const zhDesk = {
  ...accounts,
  ...assurance,
  ...bulkEdits,
  ...casefile,
  ...collection,
  ...desk,
  ...explained,
  ...harvesting,
  ...opening,
  ...portal,
  ...pulls,
  ...register,
  ...sources,
  ...streams,
  ...subscriptions,
  ...tableSchema,
  ...tasks,
  ...versions,
  ...words,
}

export type DeskCatalogue = typeof zhDesk
