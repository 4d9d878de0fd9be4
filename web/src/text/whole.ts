import { en as enFirst } from './en.ts'
import { enDesk } from './en-desk.ts'
import { enPortal } from './en-portal.ts'
import { type DeskWords, joined } from './parts.ts'
import { zh as zhFirst } from './zh.ts'
import { zhDesk } from './zh-desk.ts'
import { zhPortal } from './zh-portal.ts'

/** All words of both languages, for tests: a page that imported them would fetch what nobody reads. */
export const zh = joined(zhFirst, zhPortal, zhDesk) as DeskWords
export const en = joined(enFirst, enPortal, enDesk) as DeskWords
