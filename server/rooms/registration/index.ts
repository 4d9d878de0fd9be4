export { mountContests } from './contests.routes.ts'
export { type Contests, createContests } from './contests.service.ts'
export { demoRealName, formOnly, type RealNameService, realNameService } from './real-name.ts'
export { mountRegistration, presentApplicant } from './registration.routes.ts'
export { createRegistration, type Registration } from './registration.service.ts'

export const registrationMigrations = {
  room: 'registration',
  folder: new URL('./migrations/', import.meta.url),
}
