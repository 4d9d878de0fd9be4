import { assurance } from './zh/first/assurance.ts'
import { bases } from './zh/first/bases.ts'
import { compilation } from './zh/first/compilation.ts'
import { editor } from './zh/first/editor.ts'
import { explained } from './zh/first/explained.ts'
import { figures } from './zh/first/figures.ts'
import { kit } from './zh/first/kit.ts'
import { opening } from './zh/first/opening.ts'
import { portal } from './zh/first/portal.ts'
import { sources } from './zh/first/sources.ts'
import { words } from './zh/first/words.ts'

/** Words of every page, and of those that people come to first. Chinese is the source: its shape is the type that every other language must have. */
export const zh = {
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

export type Catalogue = typeof zh
