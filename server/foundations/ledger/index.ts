export { LedgerError, type LedgerErrorCode, ledgerErrors } from './ledger.errors.ts'
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
export { folderStorage, type LedgerStorage } from './storage.ts'
