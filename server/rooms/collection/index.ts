export { mountCollection } from './collection.routes.ts'
export { type Collection, createCollection } from './collection.ts'

export const collectionMigrations = { room: 'collection', folder: new URL('./migrations/', import.meta.url) }
