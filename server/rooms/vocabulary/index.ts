export type { Analyser } from './analyser.ts'
export { mountVocabulary } from './vocabulary.routes.ts'
export { createVocabulary, reindexJob, type Vocabulary } from './vocabulary.service.ts'

export const vocabularyMigrations = { room: 'vocabulary', folder: new URL('./migrations/', import.meta.url) }
