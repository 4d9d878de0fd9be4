import { accounts } from './en/accounts.ts'
import { assurance } from './en/assurance.ts'
import { bases } from './en/bases.ts'
import { casefile } from './en/casefile.ts'
import { collection } from './en/collection.ts'
import { compilation } from './en/compilation.ts'
import { contests } from './en/contests.ts'
import { desk } from './en/desk.ts'
import { explained } from './en/explained.ts'
import { figures } from './en/figures.ts'
import { kit } from './en/kit.ts'
import { looking } from './en/looking.ts'
import { opening } from './en/opening.ts'
import { portal } from './en/portal.ts'
import { register } from './en/register.ts'
import { registration } from './en/registration.ts'
import { sources } from './en/sources.ts'
import { words } from './en/words.ts'
import type { Catalogue } from './zh.ts'

/** English, translated by meaning. */
export const en: Catalogue = {
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
