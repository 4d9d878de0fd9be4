import { accounts } from './zh/accounts.ts'
import { assurance } from './zh/assurance.ts'
import { bases } from './zh/bases.ts'
import { casefile } from './zh/casefile.ts'
import { cases } from './zh/cases.ts'
import { compilation } from './zh/compilation.ts'
import { contests } from './zh/contests.ts'
import { explained } from './zh/explained.ts'
import { figures } from './zh/figures.ts'
import { kit } from './zh/kit.ts'
import { looking } from './zh/looking.ts'
import { opening } from './zh/opening.ts'
import { portal } from './zh/portal.ts'
import { register } from './zh/register.ts'
import { registration } from './zh/registration.ts'

/** Words of the other pages of the portal, and of what comes later on the first ones. */
export const zhPortal = {
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

export type PortalCatalogue = typeof zhPortal
