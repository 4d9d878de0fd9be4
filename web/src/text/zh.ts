import { accounts } from './zh/accounts.ts'
import { assurance } from './zh/assurance.ts'
import { bases } from './zh/bases.ts'
import { casefile } from './zh/casefile.ts'
import { collection } from './zh/collection.ts'
import { compilation } from './zh/compilation.ts'
import { contests } from './zh/contests.ts'
import { desk } from './zh/desk.ts'
import { explained } from './zh/explained.ts'
import { figures } from './zh/figures.ts'
import { kit } from './zh/kit.ts'
import { looking } from './zh/looking.ts'
import { opening } from './zh/opening.ts'
import { portal } from './zh/portal.ts'
import { register } from './zh/register.ts'
import { registration } from './zh/registration.ts'
import { sources } from './zh/sources.ts'
import { words } from './zh/words.ts'

/** Words of the portal and of what every page has. Chinese is the source: its shape is the type that every other language must have. */
export const zh = {
  ...words,
  ...kit,
  ...looking,
  ...portal,
  ...desk,
  ...compilation,
  ...casefile,
  ...collection,
  ...bases,
  ...opening,
  ...assurance,
  ...explained,
  ...figures,
  ...register,
  ...contests,
  ...registration,
  ...accounts,
  ...sources,
}

export type Catalogue = typeof zh
