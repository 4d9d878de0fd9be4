export { type Checkpoint, readCheckpointText } from './checkpoint.ts'
export { type CosignatureVerifier, type Cosigner, cosignatureVerifier, cosigner } from './cosignature.ts'
export { createDailyIndex, type DailyIndex } from './daily-index.ts'
export { createErasures, type Erasure, type Erasures, mayBeErased } from './erasures.ts'
export { LedgerError, type LedgerErrorCode, ledgerErrors } from './ledger.errors.ts'
export { createLedger, ledgerMigrations } from './ledger.ts'
export type {
  DurableRecord,
  Json,
  JsonObject,
  Ledger,
  LedgerConfig,
  LogView,
  PublicFile,
  Receipt,
  RecordFilter,
  RecordInput,
  RecordPage,
  RecordRef,
  RecordView,
} from './ledger.types.ts'
export { isConsistent, sha256Tree } from './merkle.ts'
export { objectStorage } from './object-storage.ts'
export {
  type NoteVerifier,
  noteSigner,
  noteVerifier,
  sm2NoteSigner,
  sm2PemOf,
  splitNote,
} from './signed-note.ts'
export { openSigningKey } from './signing-key.ts'
export { type Sm2Key, sm2KeyOf } from './sm2.ts'
export { folderStorage, type LedgerStorage } from './storage.ts'
