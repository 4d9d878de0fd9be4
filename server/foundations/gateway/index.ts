export { GatewayError, type GatewayErrorCode, GatewayUnavailable, gatewayErrors } from './gateway.errors.ts'
export type * from './gateway.types.ts'
export type * from './ports.ts'
export type * from './requests.ts'
