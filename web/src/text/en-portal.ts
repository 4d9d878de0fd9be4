import { accounts } from './en/accounts.ts'
import { assurance } from './en/assurance.ts'
import { bases } from './en/bases.ts'
import { casefile } from './en/casefile.ts'
import { cases } from './en/cases.ts'
import { compilation } from './en/compilation.ts'
import { contests } from './en/contests.ts'
import { explained } from './en/explained.ts'
import { figures } from './en/figures.ts'
import { kit } from './en/kit.ts'
import { looking } from './en/looking.ts'
import { opening } from './en/opening.ts'
import { portal } from './en/portal.ts'
import { register } from './en/register.ts'
import { registration } from './en/registration.ts'
import type { PortalCatalogue } from './zh-portal.ts'

/** English, translated by meaning. */
export const enPortal: PortalCatalogue = {
  ...accounts,
  ...assurance,
  ...bases,
  ...casefile,
  ...compilation,
  ...contests,
  ...cases,
  ...explained,
  ...figures,
  ...kit,
  ...looking,
  ...opening,
  ...portal,
  ...register,
  ...registration,
}
