import { assurance } from './en/first/assurance.ts'
import { bases } from './en/first/bases.ts'
import { compilation } from './en/first/compilation.ts'
import { editor } from './en/first/editor.ts'
import { explained } from './en/first/explained.ts'
import { figures } from './en/first/figures.ts'
import { kit } from './en/first/kit.ts'
import { opening } from './en/first/opening.ts'
import { portal } from './en/first/portal.ts'
import { sources } from './en/first/sources.ts'
import { words } from './en/first/words.ts'
import type { Catalogue } from './zh.ts'

/** English, translated by meaning. */
export const en: Catalogue = {
  ...assurance,
  ...bases,
  ...compilation,
  ...editor,
  ...explained,
  ...figures,
  ...kit,
  ...opening,
  ...portal,
  ...sources,
  ...words,
}
