import { diffRows } from '@tiaoli/contract/gateway'
import {
  citeVersion,
  getRetention,
  getVersion,
  pinVersion,
  restoreVersion,
  setRetention,
  unpinVersion,
} from '@tiaoli/contract/versions'
import { useAct, usePages, useRoute } from '../../kit/api.ts'

export const useVersion = (entryId: string, number: number) =>
  useRoute(getVersion, { params: { entryId, number } })
/** Asked only where there is one to compare with: comparing is recorded. */
export const useDifferences = (entryId: string, from: string, snapshot: string) =>
  usePages(diffRows, { params: { entryId }, query: { from, snapshot, limit: 50 } })
export const useCite = () => useAct(citeVersion)
export const usePin = () => useAct(pinVersion)
export const useUnpin = () => useAct(unpinVersion)
export const useRestore = () => useAct(restoreVersion)
export const useRetention = (entryId: string) => useRoute(getRetention, { params: { entryId } })
export const useSetRetention = () => useAct(setRetention)
