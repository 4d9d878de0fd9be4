import { accounts } from './en/desk/accounts.ts'
import { assurance } from './en/desk/assurance.ts'
import { bulkEdits } from './en/desk/bulk-edits.ts'
import { casefile } from './en/desk/casefile.ts'
import { collection } from './en/desk/collection.ts'
import { desk } from './en/desk/desk.ts'
import { explained } from './en/desk/explained.ts'
import { harvesting } from './en/desk/harvesting.ts'
import { opening } from './en/desk/opening.ts'
import { portal } from './en/desk/portal.ts'
import { pulls } from './en/desk/pulls.ts'
import { register } from './en/desk/register.ts'
import { sources } from './en/desk/sources.ts'
import { streams } from './en/desk/streams.ts'
import { subscriptions } from './en/desk/subscriptions.ts'
import { tableSchema } from './en/desk/table-schema.ts'
import { tasks } from './en/desk/tasks.ts'
import { versions } from './en/desk/versions.ts'
import { words } from './en/desk/words.ts'
import type { DeskCatalogue } from './zh-desk.ts'

/** English, translated by meaning. */
export const enDesk: DeskCatalogue = {
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
