import { listEntries } from '@tiaoli/contract/catalogue'
import { getStatistics } from '@tiaoli/contract/platform'
import { listPriorityFields } from '@tiaoli/contract/publication'
import { useRoute } from '../../kit/api.ts'
import { useRulebook } from '../../kit/rulebook.ts'

export const useStatistics = () => useRoute(getStatistics, {}, { staleTime: 60_000 })

/** The city's word for data that anybody may have: the first type of opening that asks for nothing. */
export const useFreeOpening = (): string | undefined => useOpening('free')

/** The city's word for data that are opened to who applies; a city may know none. */
export const useConditionalOpening = (): string | undefined => useOpening('by-request')

function useOpening(wanted: 'free' | 'by-request'): string | undefined {
  const { data: rulebook } = useRulebook()
  return rulebook?.catalogue.openingTypes.find(({ effect }) => effect === wanted)?.key
}

export function useNewestOpen() {
  const opening = useFreeOpening()
  return useRoute(
    listEntries,
    { query: { opening, sort: 'updated', limit: 24 } },
    { enabled: opening !== undefined },
  )
}

export const usePriorityFields = () => useRoute(listPriorityFields, {})
