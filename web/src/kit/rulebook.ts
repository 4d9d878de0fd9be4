import { type AccessType, getRulebook, listArticles } from '@tiaoli/contract/rulebook'
import type { Text } from '@tiaoli/kernel/text'
import { useText } from '../text/use-text.ts'
import { useRoute } from './api.ts'

const untilReload = { staleTime: Number.POSITIVE_INFINITY }

/** The regulation in force in this city and its words. */
export const useRulebook = () => useRoute(getRulebook, {}, untilReload)
export const useArticles = (enabled = true) => useRoute(listArticles, {}, { ...untilReload, enabled })

type Term = { readonly key: string; readonly term: Text }

/** Finds a city's word for a key; the key itself is shown where the rulebook has none. */
export function useTerms() {
  const { data: rulebook } = useRulebook()
  const { say } = useText()
  const word = (terms: readonly Term[] | undefined, key: string): string => {
    const found = terms?.find((term) => term.key === key)
    return found ? say(found.term) : key
  }
  const typeWord = (axis: 'sharing' | 'opening', key: string): string => {
    const untyped = key === '' ? rulebook?.catalogue.untyped[axis] : null
    return untyped ? say(untyped) : word(rulebook?.catalogue[`${axis}Types`], key)
  }
  return {
    rulebook,
    sharingTerm: (key: string) => typeWord('sharing', key),
    openingTerm: (key: string) => typeWord('opening', key),
    partTerm: (key: string) => word(rulebook?.catalogue.parts, key),
    rankTerm: (key: string) => word(rulebook?.catalogue.basisRanks, key),
    roleTerm: (key: string) => word(rulebook?.roles, key),
  }
}

export const effectOf = (types: readonly AccessType[] | undefined, key: string) =>
  types?.find((type) => type.key === key)?.effect
