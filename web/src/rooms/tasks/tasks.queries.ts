import { cleanEntry, listProcessingRuns } from '@tiaoli/contract/processing'
import {
  type AggregationTask,
  getAggregationCoverage,
  getAggregationFlows,
  getAggregationTask,
  listAggregationTasks,
  reportAggregationSource,
  requireAggregationCycle,
} from '@tiaoli/contract/tasks'
import { useAct, usePages, useRoute } from '../../kit/api.ts'

export type TaskFilter = {
  readonly organisation?: string
  readonly state?: AggregationTask['state']
}

export const useTasks = (filter: TaskFilter) => usePages(listAggregationTasks, { query: { ...filter } })
export const useTask = (entryId: string) => useRoute(getAggregationTask, { params: { entryId } })
export const useCoverage = (enabled: boolean) => useRoute(getAggregationCoverage, {}, { enabled })
export const useFlows = (month: string, enabled: boolean) =>
  useRoute(getAggregationFlows, { query: { month } }, { enabled })
export const useRequire = () => useAct(requireAggregationCycle)
export const useCleanings = (entryId: string) => usePages(listProcessingRuns, { params: { entryId } })
export const useClean = () => useAct(cleanEntry)
export const useReport = () => useAct(reportAggregationSource)
