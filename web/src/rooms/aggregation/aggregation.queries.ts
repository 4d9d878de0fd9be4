import {
  acceptBatch,
  type Batch,
  cancelBatch,
  getBatch,
  listBatches,
  takeOverSchema,
} from '@tiaoli/contract/aggregation'
import { getEntry } from '@tiaoli/contract/catalogue'
import { createPull, listPulls, removePull, runPull } from '@tiaoli/contract/pulls'
import { createStream, listStreams, removeStream } from '@tiaoli/contract/streams'
import { queryClient, useAct, usePages, useRoute } from '../../kit/api.ts'

const underWay = new Set<Batch['state']>(['profiling', 'loading'])
const askEveryMs = 1200
const listenEveryMs = 5_000

/** Reads a batch again and again while the platform works on it. */
export const useBatch = (batchId: string) =>
  useRoute(
    getBatch,
    { params: { batchId } },
    { staleTime: 0, refetchInterval: (batch) => (batch && underWay.has(batch.state) ? askEveryMs : false) },
  )
export const useBatches = (entry?: string) => usePages(listBatches, { query: { entry } })
export const useAcceptBatch = () => useAct(acceptBatch)
export const readBatchAnew = () => queryClient.invalidateQueries({ queryKey: [getBatch.id] })
export const useTakeOverSchema = () => useAct(takeOverSchema)
export const useCancelBatch = () => useAct(cancelBatch)
export const useBatchEntry = (entryId: string) => useRoute(getEntry, { params: { entryId } })
export const usePulls = (entryId: string) => useRoute(listPulls, { params: { entryId } })
export const useCreatePull = () => useAct(createPull)
export const useRunPull = () => useAct(runPull)
export const useRemovePull = () => useAct(removePull)
/** Asked again now and then: messages come while somebody looks. */
export const useStreams = (entryId: string) =>
  useRoute(listStreams, { params: { entryId } }, { staleTime: 0, refetchInterval: () => listenEveryMs })
export const useCreateStream = () => useAct(createStream)
export const useRemoveStream = () => useAct(removeStream)
