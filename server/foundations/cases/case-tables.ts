import type { Store, Tx } from '../database/index.ts'
import type { CaseEvent, CaseParties, CaseState } from './cases.types.ts'
import type { ProcedureEdition } from './edition.ts'
import type { CaseHeader } from './fold.ts'

/** Rows as the tables of cases have them. */
export type CaseTables = {
  case_procedure: {
    rulebook_id: string
    rulebook_version: string
    procedure: string
    edition: ProcedureEdition
  }
  case_number: { series: string; last: number }
  case_file: CaseFileRow
  case_event: { case_id: string; sequence: number; event: CaseEvent }
  case_clock: {
    case_id: string
    clock: string
    due_at: Date | null
    running: boolean
    overdue: boolean
    provisional: boolean
  }
  case_party: {
    case_id: string
    party: string
    opened: boolean
    waits: boolean
    due_clock: string | null
    due_at: Date
  }
}

export type CaseFileRow = {
  id: string
  number: string
  rulebook_id: string
  rulebook_version: string
  procedure: string
  entry_id: string | null
  subject: CaseState['subject']
  parties: CaseParties
  opened_at: Date
  state: string
  outcome: CaseState['outcome']
  waiting: readonly string[]
  due_clock: string | null
  due_at: Date | null
  overdue: boolean
  updated_at: Date
  version: number
}

export const tables = (tx: Store | Tx) => tx.withTables<CaseTables>()

export const headerOf = (row: CaseFileRow): CaseHeader => ({
  id: row.id,
  number: row.number,
  procedure: row.procedure,
  rulebookId: row.rulebook_id,
  rulebookVersion: row.rulebook_version,
  entryId: row.entry_id,
  subject: row.subject,
  parties: row.parties,
  openedAt: row.opened_at.toISOString(),
})
