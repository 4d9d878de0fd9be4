export { mountSuccession } from './succession.routes.ts'
export { createSuccession, type Succession } from './succession.service.ts'
