import type { Text } from '@tiaoli/kernel/text'

/** A text in both languages, or one that has no language of its own: a number, a name, what somebody wrote. */
export type Words = Text | string

/** In which languages texts are printed: one of them, or Chinese followed by English. */
export type DocumentLanguage = 'zh' | 'en' | 'both'

export type Fact = { readonly title: Words; readonly value: Words }

export type DocumentPart =
  | { readonly kind: 'heading'; readonly words: Words; readonly level: 1 | 2 | 3 }
  /** `quiet`: smaller and grey, for remarks. */
  | { readonly kind: 'paragraph'; readonly words: Words; readonly tone?: 'plain' | 'quiet' }
  | { readonly kind: 'facts'; readonly facts: readonly Fact[] }
  | { readonly kind: 'list'; readonly items: readonly Words[]; readonly numbered?: boolean }
  | {
      readonly kind: 'table'
      /** `share`: of the width, in relation to the others. */
      readonly columns: readonly { readonly title: Words; readonly share: number }[]
      readonly rows: readonly (readonly Words[])[]
    }
  | { readonly kind: 'page-break' }

/** What is to be printed, free of any form. The same document gives the same bytes. */
export type PaperDocument = {
  readonly title: Words
  /** Above the title: who issues it, under which regulation. */
  readonly head?: Words
  readonly language: DocumentLanguage
  readonly parts: readonly DocumentPart[]
  /** At the foot of every page, beside its number. */
  readonly foot: Words
  /** The date that the file bears. */
  readonly madeAt: Date
}
