import {
  actOnEntry,
  changeEntry,
  createEntry,
  getAccessPlan,
  getEntry,
  listEntries,
  listSnapshots,
} from '@tiaoli/contract/catalogue'
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
