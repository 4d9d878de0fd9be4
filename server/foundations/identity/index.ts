export {
  isPublicBody,
  mayFor,
  nobody,
  type Organisation,
  type Power,
  type Session,
  type User,
} from './identity.model.ts'
export { createIdentity, type Identity } from './identity.service.ts'
