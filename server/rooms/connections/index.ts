export { mountConnections } from './connections.routes.ts'
export { type Connections, createConnections, systemCheckJob } from './connections.service.ts'

export const connectionMigrations = { room: 'connections', folder: new URL('./migrations/', import.meta.url) }
