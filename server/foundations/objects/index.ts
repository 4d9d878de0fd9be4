export { ObjectError, type ObjectErrorCode, objectErrors } from './objects.errors.ts'
export type { ListedObject, ObjectRange, ObjectStore } from './objects.types.ts'
export { openS3, type Patience, type S3Settings } from './s3-objects.ts'
