import type { WayInDeps } from '../aggregation/index.ts'

export type StreamsDeps = WayInDeps & { readonly onError: (error: unknown) => void }

export const streamBatchJob = 'streams.batch'
export const streamSilentJob = 'streams.silent'
