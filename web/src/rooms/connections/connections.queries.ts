import {
  changeSourceSystem,
  checkSourceSystem,
  createSourceSystem,
  getSourceSystem,
  linkSourceEntry,
  listSourceSystems,
  loadSourceEntry,
  type SourceSystem,
} from '@tiaoli/contract/connections'
import { useAct, usePages, useRoute } from '../../kit/api.ts'

export const useSystems = (state: SourceSystem['state'] | undefined) =>
  usePages(listSourceSystems, { query: { ...(state ? { state } : {}) } })
export const useSystem = (systemId: string) => useRoute(getSourceSystem, { params: { systemId } })
export const useCreateSystem = () => useAct(createSourceSystem)
export const useChangeSystem = () => useAct(changeSourceSystem)
export const useCheckSystem = () => useAct(checkSourceSystem)
export const useLoadEntry = () => useAct(loadSourceEntry)
export const useLinkEntry = () => useAct(linkSourceEntry)
