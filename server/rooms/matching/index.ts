export { mountMatching } from './matching.routes.ts'
