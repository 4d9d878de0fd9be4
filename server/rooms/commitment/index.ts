export { mountCommitments } from './commitment.routes.ts'
export { type Commitments, createCommitments } from './commitment.service.ts'

export const commitmentMigrations = {
  room: 'commitment',
  folder: new URL('./migrations/', import.meta.url),
}
