export { mountBulkEdits } from './bulk-edits.routes.ts'
export { type BulkEdits, createBulkEdits } from './bulk-edits.ts'

export const bulkEditMigrations = { room: 'bulk-edits', folder: new URL('./migrations/', import.meta.url) }
