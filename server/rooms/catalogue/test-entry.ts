import { type EntryDraft, entryDraftSchema } from '@tiaoli/contract/catalogue'
import type { EntryContent } from './catalogue.model.ts'

/** The content of an entry for tests of rules: empty but for what is given. */
export const entryContent = (draft: Partial<EntryDraft>): EntryContent => ({
  ...entryDraftSchema.parse({ title: '测试条目', ...draft }),
  part: '',
  sharing: { type: 'common', conditions: '', basis: null, ...draft.sharing },
  opening: { type: 'common', conditions: '', basis: null, ...draft.opening },
})
