export { mountCasefiles } from './casefiles.routes.ts'
export { type Casefiles, createCasefiles } from './casefiles.service.ts'

export const casefileMigrations = { room: 'casefiles', folder: new URL('./migrations/', import.meta.url) }
