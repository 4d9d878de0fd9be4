import type { EntrySummary } from '@tiaoli/contract/catalogue'
import { ArticleChip } from './article-chip.tsx'
import { effectOf, useTerms } from './rulebook.ts'
import styles from './type-words.module.css'

/** The two types of an entry in the city's own words; a filled dot is free, half by request, empty closed. */
export function TypeWords({
  entry,
  chips,
}: {
  entry: Pick<EntrySummary, 'sharingType' | 'openingType'>
  chips?: boolean
}) {
  const { rulebook, sharingTerm, openingTerm } = useTerms()
  const sharing = rulebook?.catalogue.sharingTypes
  const opening = rulebook?.catalogue.openingTypes
  const articleOf = (types: typeof sharing, key: string) => types?.find((type) => type.key === key)?.article
  const articles = [articleOf(sharing, entry.sharingType), articleOf(opening, entry.openingType)]
  return (
    <span className={styles.types}>
      <span data-effect={effectOf(sharing, entry.sharingType)}>{sharingTerm(entry.sharingType)}</span>
      {chips && articles[0] && <ArticleChip article={articles[0]} />}
      <span data-effect={effectOf(opening, entry.openingType)}>{openingTerm(entry.openingType)}</span>
      {chips && articles[1] && <ArticleChip article={articles[1]} />}
    </span>
  )
}
