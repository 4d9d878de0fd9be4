export { streamBatchJob, streamSilentJob } from './streams.deps.ts'
export { mountStreams } from './streams.routes.ts'
export { createStreams, type Streams } from './streams.service.ts'

export const streamMigrations = { room: 'streams', folder: new URL('./migrations/', import.meta.url) }
