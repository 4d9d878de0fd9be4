import {
  actOnEntry,
  changeEntry,
  createEntry,
  getAccessPlan,
  getEntry,
  listEntries,
  listSnapshots,
} from '@tiaoli/contract/catalogue'
import { getEntryStanding, listEntryVersions, reviewEntry } from '@tiaoli/contract/editions'
import { explainEntry, getExplanation, listUnexplained } from '@tiaoli/contract/explanations'
import { listBusinessItems, listObtained } from '@tiaoli/contract/rounds'
import { listSpecifications } from '@tiaoli/contract/specifications'
import { useAct, usePages, useRoute } from '../../kit/api.ts'

export type SearchQuery = NonNullable<Parameters<typeof usePages<typeof listEntries>>[1]['query']>

export const useEntries = (query: SearchQuery) => usePages(listEntries, { query })
export const useEntry = (entryId: string) => useRoute(getEntry, { params: { entryId } })
export const useAccessPlan = (entryId: string) => useRoute(getAccessPlan, { params: { entryId } })
export const useSnapshots = (entryId: string) =>
  usePages(listSnapshots, { params: { entryId }, query: { limit: 10 } })
export const useCreateEntry = () => useAct(createEntry)
export const useChangeEntry = () => useAct(changeEntry)
export const useActOnEntry = () => useAct(actOnEntry)

export const useExplanation = (entryId: string) => useRoute(getExplanation, { params: { entryId } })
export const useExplain = () => useAct(explainEntry)
export const useUnexplained = (enabled: boolean) =>
  useRoute(listUnexplained, { query: { limit: 20 } }, { enabled })

export const useStanding = (entryId: string) => useRoute(getEntryStanding, { params: { entryId } })
export const useVersions = (entryId: string) => usePages(listEntryVersions, { params: { entryId } })
export const useReview = () => useAct(reviewEntry)
/** The newest version of the specification, from which the editor draws its further questions. */
export const useSpecification = () => useRoute(listSpecifications, {})
export const useSources = () => useRoute(listObtained, {})
export const useBusinessOf = (organisationId: string) =>
  useRoute(listBusinessItems, { params: { organisationId }, query: { limit: 200 } })
