import type { Text } from '@tiaoli/kernel/text'
import { ArticleChip } from './article-chip.tsx'
import { LocalChip } from './local-chip.tsx'

/** Where a value comes from: its article, or the local instrument that the regulation does not contain. */
export function SourceChip(source: {
  kind: 'statutory' | 'local'
  article: string | null
  instrument: Text | null
}) {
  if (source.kind === 'local') return <LocalChip instrument={source.instrument} />
  return source.article ? <ArticleChip article={source.article} /> : null
}
