export { mountTasks } from './tasks.routes.ts'
export { createTasks, exceptionEffect, type Tasks, taskDueJob } from './tasks.service.ts'

export const taskMigrations = { room: 'tasks', folder: new URL('./migrations/', import.meta.url) }
