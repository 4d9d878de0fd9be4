export { isIdText, isText, listOf, readCursor, writeCursor } from './cursor.ts'
export { type Call, createMount, type Mount, type ResolveSession } from './mount.ts'
export { createHttpServer } from './server.ts'
export { isStorable } from './storable.ts'
