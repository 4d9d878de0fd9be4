export { type AddressGuard, addressGuard } from './address-guard.ts'
export { getJson, OutboundError } from './get-json.ts'
export { type SecretSeal, secretSeal } from './sealed-secret.ts'
