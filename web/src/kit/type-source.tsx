import type { AccessType } from '@tiaoli/contract/rulebook'
import { ArticleChip } from './article-chip.tsx'
import { LocalChip } from './local-chip.tsx'

/** The article that names the class, or the instrument by which the city has a class that no article names. */
export function TypeSource({ type }: { type: AccessType | undefined }) {
  if (type === undefined) return null
  return type.instrument ? <LocalChip instrument={type.instrument} /> : <ArticleChip article={type.article} />
}
