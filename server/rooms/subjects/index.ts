export { mountSubjects } from './subjects.routes.ts'
export { createSubjects, type Subjects } from './subjects.service.ts'

export const subjectMigrations = { room: 'subjects', folder: new URL('./migrations/', import.meta.url) }
