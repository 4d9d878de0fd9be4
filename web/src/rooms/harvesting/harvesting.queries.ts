import {
  changeHarvestSource,
  createHarvestSource,
  decideHarvested,
  getHarvestSource,
  type HarvestedEntry,
  listHarvested,
  listHarvestSources,
  startHarvest,
} from '@tiaoli/contract/harvesting'
import { useAct, usePages, useRoute } from '../../kit/api.ts'

/** While a run is under way the page looks again. */
const againMs = 1_500

export const useHarvestSources = () => usePages(listHarvestSources, { query: {} })
export const useHarvestSource = (sourceId: string) =>
  useRoute(
    getHarvestSource,
    { params: { sourceId } },
    {
      refetchInterval: (source) =>
        source?.lastRun != null && source.lastRun.endedAt === null ? againMs : false,
    },
  )
export const useHarvested = (sourceId: string, state: HarvestedEntry['state']) =>
  usePages(listHarvested, { params: { sourceId }, query: { state } })
export const useRegisterSource = () => useAct(createHarvestSource)
export const useChangeSource = () => useAct(changeHarvestSource)
export const useStartHarvest = () => useAct(startHarvest)
export const useDecide = () => useAct(decideHarvested)
