export { LedgerError, type LedgerErrorCode, ledgerErrors } from './ledger.errors.ts'
export { createLedger, ledgerMigrations } from './ledger.ts'
export type {
  DurableRecord,
  Json,
  JsonObject,
  Ledger,
  LedgerConfig,
  PublicFile,
  Receipt,
  RecordFilter,
  RecordInput,
  RecordPage,
  RecordRef,
  RecordView,
} from './ledger.types.ts'
export { openSigningKey } from './signing-key.ts'
export { folderStorage, type LedgerStorage } from './storage.ts'
