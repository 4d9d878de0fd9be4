import type { EntrySummary } from '@tiaoli/contract/catalogue'
import { effectOf, useTerms } from './rulebook.ts'
import { TypeSource } from './type-source.tsx'
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
  const typeIn = (types: typeof sharing, key: string) => types?.find((type) => type.key === key)
  return (
    <span className={styles.types}>
      <span data-effect={effectOf(sharing, entry.sharingType)}>{sharingTerm(entry.sharingType)}</span>
      {chips && <TypeSource type={typeIn(sharing, entry.sharingType)} />}
      <span data-effect={effectOf(opening, entry.openingType)}>{openingTerm(entry.openingType)}</span>
      {chips && <TypeSource type={typeIn(opening, entry.openingType)} />}
    </span>
  )
}
