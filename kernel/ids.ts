import { v7 } from 'uuid'

/** An identifier that sorts by the time it was made (UUID version 7, RFC 9562), in lower-case hex with dashes. */
export const newId = (): string => v7()

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
export const isId = (value: string): boolean => uuid.test(value)
