import type { Case } from '@tiaoli/contract/cases'
import type { Ledger } from '../../foundations/ledger/index.ts'
import { LedgerError } from '../../foundations/ledger/ledger.errors.ts'

/** Where the record of an event stands in the log, and what stands there. */
export type ReceiptLine = {
  readonly sequence: number
  readonly recordId: string
  /** Null while the record waits for its place in the log. */
  readonly index: number | null
  /** SHA-256 of the record with its salt, Base64: the entry of the log. */
  readonly digest: string | null
}

export async function receiptLines(ledger: Ledger, { events }: Case): Promise<ReceiptLine[]> {
  const lines: ReceiptLine[] = []
  for (const { sequence, recordId } of events) {
    if (recordId === null) continue
    const receipt = await ledger.receipt(recordId).catch(noneWhilePending)
    lines.push({ sequence, recordId, index: receipt?.index ?? null, digest: receipt?.entry ?? null })
  }
  return lines
}

function noneWhilePending(error: unknown): undefined {
  if (error instanceof LedgerError && error.code === 'record-pending') return undefined
  throw error
}
