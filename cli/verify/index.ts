export { type ConsistencyFinding, verifyConsistency } from './consistency.ts'
export { type Finding, type Reason, reasons } from './finding.ts'
export { type LogFinding, verifyLog } from './log.ts'
export { type ReceiptFinding, verifyReceipt } from './receipt.ts'
