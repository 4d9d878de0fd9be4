import type { Text } from '@tiaoli/kernel/text'
import { ArticleChip } from './article-chip.tsx'
import { LocalChip } from './local-chip.tsx'

type Sourced = {
  readonly kind: 'statutory' | 'local' | 'waiting'
  readonly article: string | null
  readonly instrument: Text | null
}

/** Where a value comes from: its article, or the local instrument that the regulation does not contain. */
export function SourceChip({ of }: { of: Sourced }) {
  if (of.kind === 'local') return <LocalChip instrument={of.instrument} />
  return of.article ? <ArticleChip article={of.article} /> : null
}
